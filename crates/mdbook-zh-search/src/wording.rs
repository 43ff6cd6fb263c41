//! Chinese questions: which of their words say what is asked for, and which only that something is asked.

/// Words of asking, and those that readers put around a question, as a regular expression of JavaScript; at one place, the first
/// alternative wins.
pub(crate) const ASKING: &str = "(.)不\\1|什么时候|干什么|干嘛|干吗|干啥|凭什么|凭啥|都说|听说|据说|常说|感觉|觉得|好像|似乎|平时|平常|经常|通常|一般|大概|\
根本|当初|本来|本身|真的|明明|居然|竟然|突然|莫名其妙|看不懂|搞不懂|搞不清|分不清|弄不清|不懂|不明白|还是|或者|还有|而且|但是|不过|\
然后|因为|所以|如果|的话|为了|那么|这么|那样|这样|这个|那个|这种|那种|有时候|有时|时候|只能|必须|需要|起来|出来|过来|下来|上去|进去|\
没有|了没|有人|别人|自己|里面|那边|这边|那里|这里|一把|一种|一堆|一些|一点|有些|好几|(?<!应)该(?=[选用写开放配设])|到底|究竟|有没有必要|有必要|有意义|有用吗|是怎么回事|怎么回事|回事|这玩意儿?|玩意儿?|咋办|咋|为何|啥意思|啥|多久|多长|多大|\
几个|几种|几条|几次|几层|哪儿|哪里|为什么会|是不是|会不会|要不要|行吗|么(?!子)|老是|一直|总是|其实|其中|什么是|是什么|为什么|有什么|干什么|什么|怎么样|怎么办|怎么|怎样|如何|哪些|哪个|哪种|哪|请问|简述|谈谈|说说|\
说一下|讲讲|介绍|解释|一下|以及|之间|一个|多少|可以|应该|能不能|是不是|有没有|有啥|为啥|是啥|啥|吗|呢|啊|\
(?<!目)的|(?<!参)与|和|跟|(?<![于就还])是(?!否)";

/// Words of many questions' subjects: they say something, but little.
pub(crate) const COMMON: &str = "区别|不同|差别|差异|异同|作用|原理|概念|定义|含义|意思|例子|举例|场景|原因|办法|方法|解决|实现|使用|\
区分|选哪个|怎么选|一样|不一样|一回事|干什么用|做法|步骤|设置|设多少|流程|过程|优缺点|优点|缺点|好处|问题|关系|对比|比较|特点|理解|详解|面试题|面试";

/// Characters that are grammar where they are alone between words.
pub(crate) const PARTICLES: &str = "谁比好在有用要会能把被让给到从又再都也就还不没对里上下中个了着过地得几为写改做说看时去来而或及其这那我你它于以之所将则且并";

/// None, as a regular expression of JavaScript.
pub(crate) const NO_WORDS: &str = "(?!)";

/// Words of asking in English.
pub(crate) const ASKING_LATIN: &str = "\
a|about|actually|after|again|against|all|already|also|although|always|am|an|and|any|anybody|anyone|anything|\
are|around|as|at|be|because|been|before|being|best|between|both|but|by|can|cannot|could|did|difference|do|\
does|doing|done|during|each|either|else|enough|ever|every|everybody|everyone|everything|example|explain|\
explained|far|for|from|get|gets|going|good|got|had|happen|happens|has|have|he|her|here|him|his|how|however|i|\
if|in|inside|instead|into|is|it|its|just|know|least|less|like|little|long|lot|many|may|maybe|me|mean|meaning|\
means|might|mine|more|most|much|must|my|need|needs|neither|never|new|no|nobody|not|nothing|now|of|on|once|one|\
only|or|other|our|out|over|own|per|perhaps|please|quite|rather|really|same|seem|seems|several|she|should|\
since|so|some|somebody|someone|something|sometimes|still|stuff|such|sure|than|thanks|that|the|their|them|then|\
there|these|they|thing|things|this|those|though|through|till|to|today|too|under|until|up|upon|us|use|used|\
versus|very|vs|want|was|way|we|well|went|were|what|whatever|when|whenever|where|whether|which|while|who|whole|\
whose|why|will|with|within|without|work|works|would|yet|you|your|yourself";

/// Endings of English words, as a regular expression of JavaScript: what is before one is a beginning that the forms of a word
/// share, so that one finds the others.
pub(crate) const ENDINGS: &str = "i[sz](?:e[drs]?|ing|ations?)|ations?|ions?|ments?|ings?|ies|ied|ers?|ed|es|ly|s|e|y";

/// A title without its words of asking.
pub(crate) fn subject(title: &str) -> String {
    // Those with conditions are single characters: they hardly change a length.
    let words = ASKING.split('|').filter(|word| !word.contains(['(', '[']));
    words.fold(title.to_string(), |title, word| title.replace(word, " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_of_a_question_is_what_it_is_about() {
        assert_eq!(subject("如何使用线程池和进程池？"), " 使用线程池 进程池？");
        assert_eq!(subject("RPC 是什么？有哪些应用场景？"), "RPC  ？有 应用场景？");
    }
}

//! 迷你 Deferred：成功走 callback，出错跳到 errback，处理好了再回到 callback
type Outcome = Result<String, String>;
type Step = Box<dyn FnOnce(Outcome) -> Outcome>;

/// 一个还没到的结果，和等着它的一串函数
#[derive(Default)]
struct Deferred {
    steps: Vec<Step>,
    outcome: Option<Outcome>,
}

impl Deferred {
    /// `and_then`：是 Ok 就调用，是 Err 就跳过
    fn add_callback(&mut self, callback: impl FnOnce(String) -> Outcome + 'static) {
        self.steps
            .push(Box::new(|outcome| outcome.and_then(callback)));
        self.run();
    }

    /// `or_else`：是 Err 才调用，是 Ok 就跳过
    fn add_errback(&mut self, errback: impl FnOnce(String) -> Outcome + 'static) {
        self.steps
            .push(Box::new(|outcome| outcome.or_else(errback)));
        self.run();
    }

    /// 结果到了，只许触发一次
    fn callback(&mut self, value: &str) -> Result<(), &'static str> {
        if self.outcome.is_some() {
            return Err("AlreadyCalledError");
        }
        self.outcome = Some(Ok(value.to_string()));
        self.run();
        Ok(())
    }

    fn run(&mut self) {
        if let Some(mut outcome) = self.outcome.take() {
            for step in self.steps.drain(..) {
                outcome = step(outcome);
            }
            self.outcome = Some(outcome); // 留给以后才加的函数
        } // 结果还没到：先攒着
    }
}

fn print_as(label: &'static str) -> impl FnOnce(String) -> Outcome {
    move |value| {
        println!("  {label}：{value}");
        Ok(value)
    }
}

fn main() {
    for input in ["21", "abc"] {
        println!("用 {input} 触发");
        let mut deferred = Deferred::default();
        deferred.add_callback(|text| match text.parse::<i32>() {
            Ok(number) => Ok((number * 2).to_string()),
            Err(_) => Err(format!("{text} 不是整数")),
        });
        deferred.add_callback(print_as("callback"));
        deferred.add_errback(|error| {
            println!("  errback：{error}");
            Ok("默认值".to_string()) // 返回 Ok：错误到此为止
        });
        deferred.add_callback(print_as("下一个 callback"));
        deferred.callback(input).expect("第一次触发");
        deferred.add_callback(print_as("触发后才加的"));
        println!("  再触发：{:?}", deferred.callback(input));
    }
}

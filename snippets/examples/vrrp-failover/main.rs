//! VRRP 状态机：两台路由器在虚拟时间里接管、抢占、脑裂，时间单位是厘秒
use State::{Active, Backup, Initialize};
use std::ops::Range;

// ANCHOR: fsm
const INTERVAL: u32 = 100; // 通告间隔 1 秒

#[derive(Clone, Copy, PartialEq, Debug)]
enum State {
    Initialize,
    Backup,
    Active,
}

struct Router {
    name: char,
    priority: u32,
    preempt: bool,
    state: State,
    timer: u32, // 到期的时刻
}

impl Router {
    fn skew(&self) -> u32 {
        (256 - self.priority) * INTERVAL / 256
    }

    /// 重新上定时器：Active 到期就发下一次通告，Backup 到期就接管
    fn restart_timer(&mut self, now: u32) {
        self.timer = match self.state {
            Initialize => u32::MAX,
            Backup => now + 3 * INTERVAL + self.skew(),
            Active => now + INTERVAL,
        };
    }

    fn enter(&mut self, state: State, now: u32, reason: &str) {
        let time = format!("{}.{:02}", now / 100, now % 100);
        let (name, old) = (self.name, self.state);
        println!("{time:>5} s {name} {old:?} → {state:?}，{reason}");
        self.state = state;
        self.restart_timer(now);
    }

    /// 定时器到期，返回要发出的通告：自己的优先级
    fn tick(&mut self, now: u32) -> Option<u32> {
        if now < self.timer {
            return None;
        }
        if self.state == Backup {
            self.enter(Active, now, "等不到通告，接管 VIP");
        }
        self.restart_timer(now);
        Some(self.priority)
    }

    /// 收到对方的通告
    fn receive(&mut self, priority: u32, now: u32) {
        match self.state {
            Backup if priority == 0 => self.timer = now + self.skew(), // 对方正常退出
            Backup if priority >= self.priority || !self.preempt => self.restart_timer(now),
            Active if priority > self.priority => {
                self.enter(Backup, now, "收到更高的优先级，交出 VIP");
            }
            Active => self.timer = now, // 马上再发一次，宣告自己是 Active
            _ => {}                     // 对方优先级低：不理会，定时器继续走
        }
    }
}
// ANCHOR_END: fsm

fn pair(preempt: bool) -> [Router; 2] {
    [('A', 150), ('B', 100)].map(|(name, priority)| {
        let mut router = Router {
            name,
            priority,
            preempt,
            state: Backup,
            timer: 0,
        };
        router.restart_timer(0);
        router
    })
}

/// 推演一段时间，返回两台同时是 Active 的厘秒数
fn run([a, b]: &mut [Router; 2], span: Range<u32>, connected: bool) -> u32 {
    let mut both_active = 0;
    for now in span {
        if let Some(priority) = b.tick(now).filter(|_| connected) {
            a.receive(priority, now);
        }
        if let Some(priority) = a.tick(now).filter(|_| connected) {
            b.receive(priority, now);
        }
        both_active += u32::from(a.state == Active && b.state == Active);
    }
    both_active
}

/// A 从第 10 秒停到第 20 秒，`goodbye` 表示停之前通告一次优先级 0
fn outage(reason: &str, goodbye: bool, preempt: bool) {
    let mut routers = pair(preempt);
    let mut both_active = run(&mut routers, 0..1000, true);
    routers[0].enter(Initialize, 1000, reason);
    if goodbye {
        routers[1].receive(0, 1000);
    }
    both_active += run(&mut routers, 1000..2000, true);
    routers[0].enter(Backup, 2000, "恢复");
    both_active += run(&mut routers, 2000..2500, true);
    assert_eq!(both_active, 0); // 任何时刻最多一台 Active
}

fn main() {
    println!("A 宕机，允许抢占");
    outage("宕机", false, true);
    println!("A 正常退出，不抢占");
    outage("正常退出", true, false);
    println!("两台都活着，第 10 到 20 秒通告不通");
    let mut routers = pair(true);
    run(&mut routers, 0..1000, true);
    let both_active = run(&mut routers, 1000..2000, false) + run(&mut routers, 2000..2500, true);
    println!("两台同时是 Active：{} 秒", both_active / 100);
}

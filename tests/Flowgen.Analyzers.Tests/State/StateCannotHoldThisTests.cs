namespace Flowgen.Analyzers.Tests.State;

public class StateCannotHoldThisTests() : RuleTests("FLOW0701")
{
    [Fact]
    public Task Triggers_on_a_delegate_in_a_state() => Triggers(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class Alarms
        {
            [State] public struct Alarm { public Action [|Raise|]; }

            [Process] static void OnOrder(in Order order, ref Alarm alarm, Out<LargeOrder> orders) => orders.Emit(new(order.Id, order.Amount));
        }
        """,
        "'Alarm.Raise' of type 'Action' cannot be kept in state: it has no fixed form in bytes");

    [Fact]
    public Task Does_not_trigger_on_values_in_a_state() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class Alarms
        {
            [State] public struct Alarm { public bool IsRaised; }

            [Process] static void OnOrder(in Order order, ref Alarm alarm, Out<LargeOrder> orders) => orders.Emit(new(order.Id, order.Amount));
        }
        """);
}

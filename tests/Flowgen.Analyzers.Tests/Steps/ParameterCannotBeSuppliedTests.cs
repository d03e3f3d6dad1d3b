using Flowgen.CodeFixes.Steps;

namespace Flowgen.Analyzers.Tests.Steps;

public class ParameterCannotBeSuppliedTests() : RuleTests("FLOW0502")
{
    [Fact]
    public Task Triggers_on_a_parameter_of_a_type_that_a_step_cannot_take() => Triggers(
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            [Filter] static bool IsLarge(in Order order, decimal [|limit|]) => order.Amount > limit;
        }
        """,
        "[Filter] cannot supply 'limit' of type 'decimal': it can take a record, key, Meta and tables");

    [Fact]
    public Task Does_not_trigger_on_parameters_that_a_step_can_take() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            private const decimal Limit = 1000;

            [Filter] static bool IsLarge(in Order order) => order.Amount > Limit;
        }
        """);

    [Fact]
    public Task Fixes_by_removing_the_parameter() => Fixes<RemoveParameter>(
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            [Filter] static bool IsLarge(in Order order, decimal [|limit|]) => order.Amount > 1000;
        }
        """,
        """
        [Stage, From<Order>, To<PaidOrders>]
        public sealed partial class LargeOrders
        {
            [Filter] static bool IsLarge(in Order order) => order.Amount > 1000;
        }
        """);
}

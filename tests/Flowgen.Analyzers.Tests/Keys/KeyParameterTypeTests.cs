using Flowgen.CodeFixes;

namespace Flowgen.Analyzers.Tests.Keys;

public class KeyParameterTypeTests() : RuleTests("FLOW0205")
{
    [Fact]
    public Task Triggers_on_a_key_parameter_of_another_type() => Triggers(
        """
        [Stage, From<Order>, To<RegionTotal>]
        public sealed partial class TotalOrders
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static RegionTotal Emit([|string|] key, decimal total) => new("all", total);
        }
        """,
        "'key' is 'string' here, but the key of 'Order' is 'int'");

    [Fact]
    public Task Does_not_trigger_on_a_key_parameter_of_the_type_of_the_key() => DoesNotTrigger(
        """
        [Stage, From<Order>, To<RegionTotal>]
        public sealed partial class TotalOrders
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static RegionTotal Emit(int key, decimal total) => new("all", total);
        }
        """);

    [Fact]
    public Task Fixes_by_changing_the_type() => Fixes<ChangeType>(
        """
        [Stage, From<Order>, To<RegionTotal>]
        public sealed partial class TotalOrders
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static RegionTotal Emit([|string|] key, decimal total) => new("all", total);
        }
        """,
        """
        [Stage, From<Order>, To<RegionTotal>]
        public sealed partial class TotalOrders
        {
            [Add] static void Add(ref decimal total, in Order order) => total += order.Amount;
            [Emit] static RegionTotal Emit(int key, decimal total) => new("all", total);
        }
        """);
}

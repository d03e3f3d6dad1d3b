using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Tests.Parsing;

public sealed class StageModelTests
{
    [Fact]
    public void A_stage_without_core_is_one_operator()
    {
        StageModel stage = Model("From<Order>, To<Total>", """
            [Map] static Total Shorten(in Order order) => new(order.Id, order.Amount);
            [Filter] static bool Large(in Order order) => order.Amount > 10;
            """);

        OperatorModel only = Assert.Single(stage.Operators);
        Assert.Equal(("SOperator", "s", false), (only.ClassName, only.NodeName, stage.IsStateful));
        Assert.Equal(["Shorten", "Large"], only.Wires[0].Steps.Select(s => s.Method));
        Assert.Equal("Total", only.Wires[only.Wires[0].Steps[0].Result.Wire].Record.Name);
        Assert.Equal(["orders ─▶ map Shorten ─▶ totals"], stage.Picture);
    }

    [Fact]
    public void Order_sorts_steps_on_one_type()
    {
        StageModel stage = Model("From<Order>, To<Total>", """
            [Map(Order = 2)] static Total Shorten(in Order order) => new(order.Id, order.Amount);
            [Filter(Order = 1)] static bool Large(in Order order) => order.Amount > 10;
            """);

        Assert.Equal(["Large", "Shorten"], stage.Operators[0].Wires[0].Steps.Select(s => s.Method));
    }

    [Fact]
    public void Arguments_are_in_the_order_of_the_parameters()
    {
        StageModel stage = Model("From<Order>, To<Revenue>, TumblingWindow(\"1h\", Lateness = \"1m\")", """
            [KeyBy] static string ByRegion(in Order order) => order.Region;
            [Init] static decimal Start(string key) => key.Length;
            [Add] static void Add(Meta meta, in Order order, [Key] string region, ref decimal sum) => sum += order.Amount;
            [Merge] static void Merge(ref decimal into, decimal from) => into += from;
            [Emit] static void Emit(Firing firing, decimal sum, Out<Revenue> output, Window window, string key) => output.Emit(new(key, window.Start, sum));
            """);

        OperatorModel core = stage.Operators[0];
        Assert.Equal([ArgumentKind.Meta, ArgumentKind.Record, ArgumentKind.Key, ArgumentKind.Accumulator], core.Wires[0].Steps[0].Arguments.Select(a => a.Kind));
        Assert.Equal([PassingMode.Value, PassingMode.In, PassingMode.Value, PassingMode.Ref], core.Wires[0].Steps[0].Arguments.Select(a => a.Mode));
        StepModel emit = core.Aggregate!.Emits[0];
        Assert.Equal([ArgumentKind.Firing, ArgumentKind.Accumulator, ArgumentKind.Out, ArgumentKind.Window, ArgumentKind.Key], emit.Arguments.Select(a => a.Kind));
        Assert.Equal("Revenue", core.Wires[emit.Arguments[2].Index].Record.Name);
        Assert.Equal([ArgumentKind.Accumulator, ArgumentKind.OtherAccumulator], core.Aggregate.Merge!.Arguments.Select(a => a.Kind));
        Assert.Equal("Start", core.Aggregate.Init!.Method);
        Assert.Equal(new WindowModel(3_600_000, "1h", 0, "0s", 60_000, "1m"), core.Aggregate.Window);
    }

    [Fact]
    public void A_map_that_returns_null_drops_the_record()
    {
        StageModel stage = Model("From<Order>, To<Total>, To<OrdersEu>", """
            [Map] static Total? Some(in Order order) => order.Amount > 0 ? new(order.Id, order.Amount) : null;
            [Map] static OrderNote? Note(in Order order) => null;
            [Map] static Order Back(in OrderNote note) => default;
            public sealed record OrderNote(Guid Id);
            """);

        Assert.Equal([ResultKind.NullableValue, ResultKind.NullableReference], stage.Operators[0].Wires[0].Steps.Select(s => s.Result.Kind));
    }

    [Fact]
    public void Branches_go_to_their_topic_and_the_rest_to_the_others()
    {
        StageModel stage = Model("From<Order>, To<OrdersEu>, To<OrdersUs>, To<OrdersOther>", """
            [Branch<OrdersEu>] static bool Eu(in Order o) => o.Region == "EU";
            [Branch<OrdersUs>] static bool Us(in Order o) => o.Region == "US";
            """);

        OperatorModel only = stage.Operators[0];
        string?[] topics = [.. only.Ports.Select(p => p.Topic)];
        WireModel wire = Assert.Single(only.Wires);
        Assert.Equal(["orders-eu", "orders-us"], wire.Steps.Select(s => topics[s.Port]));
        Assert.Equal(["orders-other"], wire.Ports.Select(p => topics[p]));
    }

    [Fact]
    public void A_map_to_its_own_type_goes_on_with_the_next_step()
    {
        StageModel stage = Model("From<Order>, To<OrdersEu>", """
            [Filter(Order = 1)] static bool Large(in Order order) => order.Amount > 10;
            [Map(Order = 2)] static Order Clean(in Order order) => order with { Region = "" };
            [Filter(Order = 3)] static bool Known(in Order order) => order.Region != "";
            """);

        Assert.Equal([["Large", "Clean"], ["Known"]], stage.Operators[0].Wires.Select(w => w.Steps.Select(s => s.Method).ToArray()));
        Assert.Equal(1, stage.Operators[0].Wires[0].Steps[1].Result.Wire);
        Assert.Empty(stage.Operators[0].Wires[0].Ports);
        Assert.Single(stage.Operators[0].Wires[1].Ports);
        Assert.True(stage.Outputs[0].KeyStays);
    }

    [Fact]
    public void What_a_core_gives_of_its_own_input_type_is_written_and_never_flows_back()
    {
        StageModel stage = Model("From<Total>, To<Total>", """
            [Add] static void Add(ref decimal sum, in Total total) => sum += total.Amount;
            [Emit] static Total Emit(Guid key, decimal sum) => new(key, sum);
            """);

        OperatorModel only = Assert.Single(stage.Operators);
        WireModel result = only.Wires[only.Aggregate!.Emits[0].Result.Wire];
        Assert.Equal((false, true, 1), (result.IsEntry, result.FromCore, result.Ports.Count));
        Assert.Empty(result.Steps);
    }

    [Fact]
    public void Steps_may_follow_the_core()
    {
        StageModel stage = Model("From<Order>, To<Total>", """
            [Add] static void Add(ref decimal sum, in Order order) => sum += order.Amount;
            [Emit] static Total Emit(Guid key, decimal sum) => new(key, sum);
            [Filter] static bool Large(in Total total) => total.Amount > 100;
            """);

        OperatorModel only = Assert.Single(stage.Operators);
        WireModel result = only.Wires[only.Aggregate!.Emits[0].Result.Wire];
        Assert.Equal(["Large"], result.Steps.Select(s => s.Method));
        Assert.True(result.FromCore);
        Assert.True(only.Aggregate.Emits[0].OnChange);
    }

    [Fact]
    public void A_join_groups_by_the_key_of_its_table()
    {
        StageModel stage = Model("From<Order>, Table<Product>(On = nameof(Order.ProductId)), To<Sale>, To<Unknown>", """
            [Join] static Sale Price(in Order order, in Product product) => new(product.Category, product.Price * order.Amount, order.At);
            [Unmatched] static Unknown NoProduct(in Order order) => new(order.ProductId, order.Id);
            """);

        Assert.Equal((KeyAccessKind.Member, "r.ProductId"), (stage.Inputs[0].GroupedBy!.Kind, stage.Inputs[0].GroupedBy!.Expression("r", "S")));
        StepModel join = stage.Operators[0].Wires[0].Steps[0];
        Assert.Equal(("NoProduct", 0), (join.Otherwise!.Method, join.Table));
        Assert.Equal([false, true], stage.Outputs.Select(o => o.KeyStays));
        Assert.Equal([0], stage.Tables[0].Operators);
    }

    [Fact]
    public void A_changed_key_splits_the_stage()
    {
        StageModel stage = Model("From<Order>, Table<Product>(On = nameof(Order.ProductId)), To<Revenue>, TumblingWindow(\"1h\")", """
            [Join] static Sale Price(in Order order, in Product product) => new(product.Category, product.Price * order.Amount, order.At);
            [Add] static void Add(ref decimal sum, in Sale sale) => sum += sale.Amount;
            [Emit] static Revenue Emit(string key, Window window, decimal sum) => new(key, window.Start, sum);
            """);

        Assert.Equal(["SPrepare", "SOperator"], stage.Operators.Select(o => o.ClassName));
        Assert.Equal(["s.prepare", "s"], stage.Operators.Select(o => o.NodeName));
        ExchangeModel exchange = Assert.Single(stage.Exchanges);
        Assert.Equal(("s.sale", 0, 1), (exchange.Name, exchange.From, exchange.To));
        Assert.Equal("Category", exchange.GroupedBy.Members[0]);
        Assert.True(stage.Operators[1].Wires[0].IsEntry);
        Assert.NotNull(stage.Operators[1].Aggregate);
        Assert.Null(stage.Operators[0].Aggregate);
    }

    [Fact]
    public void A_record_inside_a_stage_gets_a_codec_where_it_is_exchanged()
    {
        var parse = Parsed.Stage(ShopSource.Stage("From<Search>, To<ActivityCount>", """
            [FlatMap] static void Split(in Search search, Out<Activity> all) { foreach (string w in search.Query.Split(' ')) all.Emit(new(w.Length, w)); }
            [Add] static void Add(ref long count, in Activity a) => count++;
            [Emit] static ActivityCount Emit(int key, long count) => new(key, count);
            """), "S");

        Assert.Equal(["ActivityCodec"], parse.InnerRecords.Select(r => r.CodecName));
        Assert.Equal("s.activity", Assert.Single(parse.Model!.Exchanges).Name);
    }

    [Fact]
    public void Process_steps_have_state_and_services()
    {
        StageModel stage = Parsed.Model(ShopSource.Stage("From<Order>, To<Total>", """
            [State] public struct Seen { public decimal Total; }
            [Process] void On(in Order order, ref Seen seen, Guid key, Out<Total> totals) { seen.Total += order.Amount; if (clock is not null) totals.Emit(new(key, seen.Total)); }
            """, "(TimeProvider clock)"), "S");

        OperatorModel only = Assert.Single(stage.Operators);
        Assert.Equal("Seen{Total:decimal}", only.State!.Fingerprint, ignoreCase: true);
        Assert.True(only.UsesInstance);
        Assert.Equal(new DependencyModel("clock", new TypeRef("global::System.TimeProvider", "TimeProvider", "System")), Assert.Single(stage.Declaration.Dependencies));
        Assert.True(stage.Outputs[0].KeyStays);
    }

    [Fact]
    public void Reading_a_stage_takes_its_settings_over_those_of_the_record()
    {
        StageModel stage = Model("From<Order>(OutOfOrder = \"1m\", Idle = \"2m\", Start = StartAt.Latest), To<OrdersEu>", "[Filter] static bool Large(in Order order) => order.Amount > 10;");

        Assert.Equal((60_000, 120_000, true), (stage.Inputs[0].OutOfOrderMs, stage.Inputs[0].IdleMs, stage.Inputs[0].StartsAtEnd));
    }

    [Fact]
    public void A_stage_with_errors_is_a_stub()
    {
        StageModel stage = Parsed.Stage(ShopSource.Stage("From<Order>, To<Total>", "[Filter] static int Large(in Order order) => 1;"), "S").Model!;

        Assert.True(stage.HasErrors);
        Assert.Equal(("s", true), (stage.Name, stage.Declaration.CanBeGenerated));
        Assert.Empty(stage.Operators);
    }

    private static StageModel Model(string headline, string steps) => Parsed.Model(ShopSource.Stage(headline, steps), "S");
}

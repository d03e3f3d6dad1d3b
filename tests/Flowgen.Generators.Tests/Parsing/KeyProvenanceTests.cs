using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Tests.Parsing;

public sealed class KeyProvenanceTests
{
    [Theory]
    [InlineData("[Map] static Activity M(in Login l) => new(l.UserId, \"login\");")]
    [InlineData("[Map] static Activity M(in Login l) => new Activity(What: \"login\", UserId: l.UserId);")]
    [InlineData("[Map] static Activity M(in Login l) => new(0, \"login\") { UserId = l.UserId };")]
    [InlineData("[Map] static Activity M(in Login l, int key) => new(key, \"login\");")]
    [InlineData("[Map] static Activity? M(in Login l) => l.Success ? new(l.UserId, \"ok\") : null;")]
    [InlineData("[Map] static Activity M(in Login l) { if (l.Success) return new(l.UserId, \"ok\"); return new(l.UserId, \"no\"); }")]
    [InlineData("[Map] static Activity M(in Login l) => l.Success switch { true => new(l.UserId, \"ok\"), _ => new(l.UserId, \"no\") };")]
    [InlineData("[FlatMap] static void M(in Login l, Out<Activity> o) { for (int i = 0; i < 2; i++) o.Emit(new(l.UserId, \"x\")); }")]
    public void A_key_that_is_copied_stays(string step) => Assert.Single(Count(step).Operators);

    [Theory]
    [InlineData("[Map] static Activity M(in Login l) => new(l.UserId + 1, \"login\");")]
    [InlineData("[Map] static Activity M(in Login l) => new((short)l.UserId, \"login\");")]
    [InlineData("[Map] static Activity M(in Login l) { if (l.Success) return new(l.UserId, \"ok\"); return new(7, \"no\"); }")]
    [InlineData("[Map] static Activity M(in Login l) => Make(l); static Activity Make(Login l) => new(l.UserId, \"\");")]
    [InlineData("[Map] static Activity M(in Login l) { var made = new Activity(l.UserId, \"ok\"); return made; }")]
    [InlineData("[FlatMap] static void M(in Login l, Out<Activity> o) { o.Emit(new(l.UserId, \"x\")); o.Emit(new(1, \"x\")); }")]
    [InlineData("[FlatMap] static void M(in Login l, Out<Activity> o) { o.Emit(new(l.UserId, \"x\")); More(o); } static void More(Out<Activity> o) => o.Emit(new(1, \"\"));")]
    public void A_key_that_is_not_proven_to_stay_is_exchanged(string step)
    {
        StageModel stage = Count(step);

        Assert.Equal(2, stage.Operators.Count);
        Assert.Equal("s.activity", Assert.Single(stage.Exchanges).Name);
    }

    [Fact]
    public void One_way_that_keeps_the_key_does_not_wait_for_one_that_changes_it()
    {
        StageModel stage = Parsed.Model(ShopSource.Stage("From<Login>, From<Search>, To<ActivityCount>", """
            [Map] static Activity FromLogin(in Login l) => new(l.UserId + 1, "login");
            [Map] static Activity FromSearch(in Search s) => new(s.UserId, "search");
            """ + Aggregate), "S");

        Assert.Equal([0, 1], stage.Inputs.Select(i => i.Operator));
        Assert.Equal([null, KeyAccessKind.Own], stage.Inputs.Select(i => i.GroupedBy?.Kind));
    }

    [Theory]
    [InlineData("static Total Emit(Guid key, decimal sum) => new(key, sum);", true)]
    [InlineData("static Total Emit(Guid key, decimal sum) => new(Guid.Empty, sum);", false)]
    public void The_key_of_a_result_stays_where_it_is_the_key_parameter(string emit, bool stays) =>
        Assert.Equal(stays, Parsed.Model(ShopSource.Stage("From<Order>, To<Total>", $$"""
            [Add] static void Add(ref decimal sum, in Order order) => sum += order.Amount;
            [Emit] {{emit}}
            """), "S").Outputs[0].KeyStays);

    [Theory]
    [InlineData("new(key.Region, key.Product)", true)]
    [InlineData("new(key.Item1, key.Item2)", true)]
    [InlineData("new(key.Region, key.Product + 1)", false)]
    public void The_parts_of_a_composite_key_are_followed_one_by_one(string result, bool stays) =>
        Assert.Equal(stays, Parsed.Model(ShopSource.Stage("From<Order>, To<Pair>", $$"""
            [KeyBy] static (string Region, int Product) ByBoth(in Order order) => (order.Region.ToUpperInvariant(), order.ProductId);
            [Add] static void Add(ref decimal sum, in Order order) => sum += order.Amount;
            [Emit] static Pair Emit((string Region, int Product) key, decimal sum) => {{result}};
            """) + """[Topic("pairs")] public readonly record struct Pair([Key(0)] string Region, [Key(1)] int Product);""", "S").Outputs[0].KeyStays);

    [Fact]
    public void A_key_by_that_names_the_own_key_exchanges_nothing()
    {
        StageModel stage = Parsed.Model(ShopSource.Stage("From<Login>, To<ActivityCount>", """
            [KeyBy] static int ByUser(in Login l) => l.UserId;
            [Add] static void Add(ref long count, in Login l) => count++;
            [Emit] static ActivityCount Emit(int key, long count) => new(key, count);
            """), "S");

        Assert.Equal(KeyAccessKind.Own, stage.Inputs[0].GroupedBy!.Kind);
        Assert.Empty(stage.Exchanges);
    }

    [Fact]
    public void Late_records_keep_the_key_of_their_stage()
    {
        StageModel stage = Parsed.Model(ShopSource.Stage("From<Sale>, To<Revenue>, To<LateSale>, TumblingWindow(\"1h\")", """
            [Add] static void Add(ref decimal sum, in Sale sale) => sum += sale.Amount;
            [Emit] static Revenue Emit(string key, Window window, decimal sum) => new(key, window.Start, sum);
            [Late] static LateSale TooLate(in Sale sale) => new(sale.Category, sale.At);
            """) + """[Topic("late")] public readonly record struct LateSale([Key] string Category, DateTimeOffset At);""", "S");

        Assert.All(stage.Outputs, o => Assert.True(o.KeyStays));
    }

    private const string Aggregate = """

        [Add] static void Add(ref long count, in Activity a) => count++;
        [Emit] static ActivityCount Emit(int key, long count) => new(key, count);
        """;

    private static StageModel Count(string step) => Parsed.Model(ShopSource.Stage("From<Login>, To<ActivityCount>", step + Aggregate), "S");
}

using Flowgen.Parsing;
using Flowgen.TestKit;

namespace Flowgen.Generators.Tests.Parsing;

/// <summary>Each rule has tests of its own beside the analyzers; these are about what one mistake must not cause.</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("From<Order>, To<Total>", "[Filter] static int Large(in Order order) => 1; [Map] static Total M(in Order o) => new(o.Id, o.Amount);", ProblemKind.SignatureOfStep)]
    [InlineData("From<Order>, To<Total>", "[Map] static async Task<Total> M(Order o) { await Task.Yield(); return default; }", ProblemKind.StepCannotBeAsync)]
    [InlineData("From<Order>, To<Total>", "[Add] static void Add(decimal sum, in Order o) { } [Emit] static Total Emit(Guid key, decimal sum) => new(key, sum);", ProblemKind.AccumulatorNotByRef)]
    [InlineData("From<Order>, To<Total>", "[Add] static void Add(ref decimal sum, in Order o) { } [Emit] static Total Emit(int key, decimal sum) => default;", ProblemKind.KeyParameterType)]
    [InlineData("From<Order>, To<Total>", "[Add] static void Add(ref decimal sum, in Order o) { }", ProblemKind.NoEmit)]
    [InlineData("From<Order>, To<Total>, TumblingWindow(\"10 sec\")", "[Add] static void Add(ref decimal sum, in Order o) { } [Emit] static Total Emit(Guid key, decimal sum) => new(key, sum);", ProblemKind.DurationNotValid)]
    [InlineData("From<Order>, To<Activity>", "[Map] static Activity M(in Order o) => default;", ProblemKind.RecordHasNoTopic)]
    [InlineData("From<Order>, To<Total>", "", ProblemKind.NoStep)]
    [InlineData("From<Order>, To<Total>", "[Map] static Activity M(in Order o) => default;", ProblemKind.RecordGoesNowhere)]
    [InlineData("From<Order>, To<Total>", "[Map] static Total M(in Order o) => default; [Filter] static bool F(in Login l) => true;", ProblemKind.NothingFeedsStep)]
    [InlineData("From<Order>, To<Total>", "[Add] static void Add(ref decimal sum, in Order o) { } [Process] static void P(in Order o, Out<Total> t) { }", ProblemKind.TwoCores)]
    public void One_mistake_is_one_error(string headline, string steps, ProblemKind kind) =>
        Assert.Equal([kind], Errors(ShopSource.Stage(headline, steps)).Select(p => p.Kind));

    [Fact]
    public void A_broken_record_is_reported_where_it_is_declared_and_not_by_its_stages()
    {
        const string Source = """
            [Topic("things")] public readonly record struct Thing([Key] int Id, IDisposable Handle);
            [Stage, From<Thing>, To<Thing>] public sealed partial class S { [Filter] static bool F(in Thing t) => true; }
            """;
        var compilation = TestCompilation.Create(Source);

        Assert.Empty(Parsed.Stage(compilation, "S").Problems);
        Assert.True(Parsed.Stage(compilation, "S").Model!.HasErrors);
        Assert.Equal([ProblemKind.MemberHasNoCodec], RecordParser.Parse(compilation.Type("Thing"), KnownSymbols.Of(compilation), default).Problems.Select(p => p.Kind));
    }

    [Fact]
    public void A_private_record_inside_a_stage_is_not_reachable_for_its_codec() =>
        Assert.Equal([ProblemKind.NotReachable], Errors(ShopSource.Stage("From<Order>, To<Total>", """
            private readonly record struct Inner([Key] Guid Id);
            [Map] static Inner M(in Order o) => new(o.Id);
            [Map] static Total N(in Inner i) => new(i.Id, 0);
            """)).Select(p => p.Kind));

    [Fact]
    public void A_member_with_the_name_of_a_generated_one_is_in_its_way()
    {
        const string Steps = "[Map] static Total M(in Order o) => new(o.Id, o.Amount); public class SOperator;";

        Assert.Equal([ProblemKind.NameIsTaken], Errors(ShopSource.Stage("From<Order>, To<Total>", Steps)).Select(p => p.Kind));
    }

    [Fact]
    public void The_generated_part_is_not_in_its_own_way()
    {
        var generated = GeneratorRunner.Update(TestCompilation.Create(ShopSource.Stage("From<Order>, To<Total>", """
            [Add] static void Add(ref Sum sum, in Order order) => sum.Amount += order.Amount;
            [Emit] static Total Emit(Guid key, in Sum sum) => new(key, sum.Amount);
            public struct Sum { public decimal Amount; }
            """)));

        StageParse parse = Parsed.Stage(generated, "S");

        Assert.Single(generated.Type("S").GetTypeMembers("SOperator"));
        Assert.False(parse.Model!.HasErrors);
        Assert.Equal([ProblemKind.StateDependsOnClassName], parse.Problems.Select(p => p.Kind));
    }

    [Fact]
    public void A_project_without_Flowgen_has_no_problems()
    {
        var compilation = TestCompilation.Create("public class C;");

        Assert.Null(Parsed.Stage(compilation, "C").Model);
    }

    private static IEnumerable<Problem> Errors(string source) => Parsed.Stage(source, "S").Problems.Where(p => ProblemSeverity.IsError(p.Kind));
}

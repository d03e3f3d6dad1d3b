using Flowgen.Parsing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Tests.Parsing;

public sealed class StateTests
{
    [Fact]
    public void A_struct_without_references_is_kept_as_its_memory()
    {
        StateModel state = Accumulator("public struct Acc { private double _sum; public long Count; public Inner In; } public struct Inner { public bool On; }");

        Assert.True(state.IsUnmanaged);
        Assert.Equal("Acc{_sum:f64,Count:i64,In:Inner{On:bool}}", state.Fingerprint);
    }

    [Fact]
    public void A_number_is_kept_as_its_memory() =>
        Assert.Equal("decimal", Accumulator("", "decimal").Fingerprint, ignoreCase: true);

    [Fact]
    public void A_struct_with_references_is_kept_member_by_member_and_starts_with_nulls()
    {
        StateModel state = Accumulator("public struct Acc { public string Name; public int Count; public Inner In; } public struct Inner { public string Text; }");

        Assert.Equal("Acc{Name:string?,Count:i32,In:Inner{Text:string?}}", state.Fingerprint);
        Assert.Equal([true, false, false], state.Encoding!.Nested!.Members.Select(m => m.Wire.IsNullable));
    }

    [Theory]
    [InlineData("public struct Acc { public Action Raise; }", "it has no fixed form in bytes")]
    [InlineData("public struct Acc { private string _name; public void Set(string name) => _name = name; public readonly string Get() => _name; }", "generated code cannot read it, make it internal or public")]
    [InlineData("public struct Acc { public System.IO.Stream S; }", "it has no codec, use numbers, strings, dates and structs of these")]
    public void What_cannot_be_written_cannot_be_kept(string declaration, string reason)
    {
        Problem problem = Assert.Single(Parsed.Stage(Source(declaration, "Acc"), "S").Problems, p => ProblemSeverity.IsError(p.Kind));

        Assert.Equal(ProblemKind.StateCannotHoldThis, problem.Kind);
        Assert.Equal(reason, problem.Arguments[3]);
    }

    [Fact]
    public void A_collection_that_grows_is_reported_once()
    {
        StageParse parse = Parsed.Stage(Source("public struct Acc { public List<int> All; }", "Acc"), "S");

        Assert.Single(parse.Problems, p => p.Kind is ProblemKind.AccumulatorKeepsAllRecords or ProblemKind.StateCannotHoldThis);
        Assert.True(parse.Model!.HasErrors);
    }

    private static StateModel Accumulator(string declarations, string type = "Acc") =>
        Parsed.Model(Source(declarations, type), "S").Operators[0].Aggregate!.Accumulator;

    private static string Source(string declarations, string type) => $$"""
        [Topic("in")] public readonly record struct In([Key] int Id);
        [Topic("out")] public readonly record struct Out1([Key] int Id);
        {{declarations}}
        [Stage, From<In>, To<Out1>]
        public sealed partial class S
        {
            [Add] static void Add(ref {{type}} acc, in In r) { }
            [Emit] static Out1 Emit(int key, in {{type}} acc) => new(key);
        }
        """;
}

using Flowgen.Parsing;
using Flowgen.Parsing.Models;
using Flowgen.TestKit;
using Microsoft.CodeAnalysis;

namespace Flowgen.Generators.Tests.Parsing;

/// <summary>What the parsers make of a source.</summary>
internal static class Parsed
{
    public static StageParse Stage(string source, string name) =>
        Stage(TestCompilation.Create(source), name);

    public static StageParse Stage(Compilation compilation, string name) =>
        StageParser.Parse(compilation.Type(name), KnownSymbols.Of(compilation), CancellationToken.None);

    /// <summary>The model of a stage that has no errors.</summary>
    public static StageModel Model(string source, string name)
    {
        StageParse parse = Stage(source, name);
        Assert.DoesNotContain(parse.Problems, p => ProblemSeverity.IsError(p.Kind));
        Assert.False(parse.Model!.HasErrors);
        return parse.Model;
    }

    public static RecordModel Record(string source, string name)
    {
        Compilation compilation = TestCompilation.Create(source);
        ParseResult<RecordModel> result = RecordParser.Parse(compilation.Type(name), KnownSymbols.Of(compilation), CancellationToken.None);
        Assert.DoesNotContain(result.Problems, p => ProblemSeverity.IsError(p.Kind));
        return result.Model!;
    }

    public static AppModel App(string source, string name, params string[] stages)
    {
        Compilation compilation = TestCompilation.Create(source);
        KnownSymbols known = KnownSymbols.Of(compilation);
        ParseResult<AppDeclarationModel> app = AppParser.Parse(compilation.Type(name), known, CancellationToken.None);
        return AppWiring.Connect(app.Model!, stages.Select(s => StageParser.Parse(compilation.Type(s), known, CancellationToken.None).Summary!).ToEquatable());
    }
}

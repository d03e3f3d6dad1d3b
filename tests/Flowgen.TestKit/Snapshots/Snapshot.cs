using System.Runtime.CompilerServices;

namespace Flowgen.TestKit.Snapshots;

/// <summary>Snapshot tests of generated code.</summary>
public static class Snapshot
{
    /// <summary>Runs the generator over a source and compares what it writes with the verified files of the test.</summary>
    /// <param name="test">The test class: <c>this</c>.</param>
    /// <param name="source">The user's code.</param>
    /// <param name="only">Hint names of the files to compare, where the test is about some of them; null compares all.</param>
    /// <param name="method">The test method.</param>
    public static void Verify(object test, string source, Func<string, bool>? only = null, [CallerMemberName] string method = "")
    {
        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create(source));
        Dictionary<string, string> texts = run.Sources.Where(s => only is null || only(s.HintName)).ToDictionary(s => s.HintName, s => s.SourceText.ToString());
        new SnapshotDirectory(test.GetType()).Verify($"{test.GetType().Name}.{method}", texts);
    }
}

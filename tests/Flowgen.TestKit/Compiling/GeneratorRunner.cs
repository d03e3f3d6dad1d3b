using Flowgen.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Flowgen.TestKit;

/// <summary>Adds generated files to a compilation.</summary>
public static class GeneratorRunner
{
    /// <summary>Runs the generator.</summary>
    /// <param name="compilation">The user's code.</param>
    /// <returns>The compilation with the generated files.</returns>
    public static Compilation Update(Compilation compilation)
    {
        CSharpGeneratorDriver.Create([new FlowGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        return updated;
    }
}

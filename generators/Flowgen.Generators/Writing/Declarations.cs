using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Writing;

/// <summary>The types around a nested partial class, open while its part is written.</summary>
internal sealed class Declarations : IDisposable
{
    private readonly Stack<SourceWriter.Block> _blocks = [];

    private Declarations()
    {
    }

    /// <summary>Opens the types around a class.</summary>
    public static Declarations Open(SourceWriter writer, DeclarationModel declaration)
    {
        Declarations open = new();
        foreach (string around in declaration.Around) open._blocks.Push(writer.WriteBlock(around));
        return open;
    }

    /// <summary>Closes them.</summary>
    public void Dispose()
    {
        while (_blocks.Count > 0) _blocks.Pop().Dispose();
    }
}

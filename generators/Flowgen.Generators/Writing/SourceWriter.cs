using System.Text;

namespace Flowgen.Generators.Writing;

/// <summary>Writes indented C#. Lines end with '\n' on every machine.</summary>
internal sealed class SourceWriter
{
    private const int IndentWidth = 4;

    private readonly StringBuilder _text = new();
    private int _indent;

    /// <summary>Writes an empty line.</summary>
    public void Line() => _text.Append('\n');

    /// <summary>Writes one line at the current indentation.</summary>
    public void Line(string line)
    {
        if (line.Length > 0) _text.Append(' ', _indent * IndentWidth).Append(line);
        _text.Append('\n');
    }

    /// <summary>Writes a block of lines, such as a raw literal, each at the current indentation.</summary>
    public void Lines(string block)
    {
        int start = 0;
        while (start <= block.Length)
        {
            int end = block.IndexOf('\n', start);
            if (end < 0) end = block.Length;
            Line(block.Substring(start, end - start).TrimEnd('\r'));
            start = end + 1;
        }
    }

    /// <summary>Opens a pair of braces behind an optional header; disposing the result closes it.</summary>
    public Block WriteBlock(string? header = null, string close = "}")
    {
        if (header is not null) Lines(header);
        Line("{");
        _indent++;
        return new Block(this, close);
    }

    /// <summary>Indents what follows until the result is disposed.</summary>
    public Block Indent()
    {
        _indent++;
        return new Block(this, null);
    }

    /// <summary>Remembers this place, for lines that turn out to be needed.</summary>
    public Place Mark() => new(_text.Length, _indent);

    /// <summary>Writes a line at an earlier place. Later places stay valid only if they are not used any more.</summary>
    public void InsertAt(Place place, string line) =>
        _text.Insert(place.Position, new string(' ', place.Indent * IndentWidth) + line + "\n");

    /// <summary>What was written so far.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>A place in the text.</summary>
    public readonly record struct Place(int Position, int Indent);

    /// <summary>An open block.</summary>
    public readonly struct Block(SourceWriter writer, string? close) : IDisposable
    {
        /// <summary>Closes the block.</summary>
        public void Dispose()
        {
            writer._indent--;
            if (close is not null) writer.Line(close);
        }
    }
}

using System.Buffers;
using System.IO.Pipelines;

namespace Flowgen.Tool.Records;

/// <summary>Cuts a stream into lines, without the ends of the lines.</summary>
internal sealed class LineSplitter(Stream input)
{
    private const int MaxLineBytes = 64 << 20;

    private readonly PipeReader _pipe = PipeReader.Create(input, new StreamPipeReaderOptions(leaveOpen: true));

    /// <summary>The next line; null at the end of the input.</summary>
    public async ValueTask<byte[]?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult read = await _pipe.ReadAsync(cancellation);
            ReadOnlySequence<byte> buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
                return Take(buffer.Slice(0, end), buffer.GetPosition(1, end));
            if (read.IsCompleted)
                return buffer.IsEmpty ? null : Take(buffer, buffer.End);
            if (buffer.Length > MaxLineBytes)
                throw new ToolException($"a line is longer than {MaxLineBytes} bytes: each record is one line of JSON");
            _pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private byte[] Take(ReadOnlySequence<byte> line, SequencePosition next)
    {
        byte[] bytes = line.ToArray();
        _pipe.AdvanceTo(next);
        return bytes is [.. byte[] text, (byte)'\r'] ? text : bytes;
    }
}

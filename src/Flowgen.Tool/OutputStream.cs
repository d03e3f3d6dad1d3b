namespace Flowgen.Tool;

/// <summary>Nobody reads the output any more, as in <c>flow consume flights | head</c>.</summary>
internal sealed class OutputClosedException(IOException cause) : Exception(cause.Message, cause);

/// <summary>Tells a closed pipe, whose reader has seen enough, from the other I/O errors, such as a full disk.</summary>
internal sealed class OutputStream(Stream inner) : Stream
{
    private const int BrokenPipe = 32; // EPIPE
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D); // ERROR_BROKEN_PIPE
    private const int WindowsClosedPipe = unchecked((int)0x800700E8); // ERROR_NO_DATA

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException cause) when (IsClosedPipe(cause))
        {
            throw new OutputClosedException(cause);
        }
    }

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (IOException cause) when (IsClosedPipe(cause))
        {
            throw new OutputClosedException(cause);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static bool IsClosedPipe(IOException e) => e.HResult is BrokenPipe or WindowsBrokenPipe or WindowsClosedPipe;
}

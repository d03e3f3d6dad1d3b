namespace Flowgen.Tool.Tests.Harness;

/// <summary>The writing end of a pipe that nobody reads any more.</summary>
internal sealed class ClosedPipe : MemoryStream
{
    public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe", OperatingSystem.IsWindows() ? unchecked((int)0x8007006D) : 32);
}

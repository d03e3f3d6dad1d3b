using System.Text;

namespace Flowgen.Tool.Tests.Harness;

/// <summary>Asks for the end as soon as something is written, as a user who has seen enough.</summary>
internal sealed class StoppingStream(CancellationTokenSource stop) : MemoryStream
{
    public string Text => Encoding.UTF8.GetString(ToArray());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        base.Write(buffer);
        stop.Cancel();
    }
}

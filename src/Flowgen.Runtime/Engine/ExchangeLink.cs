namespace Flowgen.Runtime;

/// <summary>What all exchanges have in common.</summary>
internal static class ExchangeLink
{
    /// <summary>The schema number inside exchanges: both ends are the same program, so there is one schema.</summary>
    public const int SchemaId = 1;
}

/// <summary>What connects the sending end of an exchange to its receiving ends.</summary>
/// <param name="SourceTask">Number of the sending task.</param>
/// <param name="Level">Level of what feeds the exchange.</param>
/// <param name="Upstream">Event time of what feeds it.</param>
/// <param name="Receivers">The ends in the tasks that own the keys.</param>
/// <param name="Local">The only target, if it is run by the worker that sends: batches are handed over at once.</param>
/// <param name="Flow">Counts what is on its way.</param>
/// <param name="Context">What the sending worker is doing.</param>
internal sealed record ExchangeLink<TRecord>(int SourceTask, int Level, WatermarkCell Upstream, ExchangeReceiver[] Receivers, Receiver<TRecord>? Local, FlowControl Flow, StepContext Context);

using Flowgen.Log;

namespace Flowgen.Benchmarks.Gates;

/// <summary>A way to send records to partition 0 of the topic of <see cref="AppendGate"/>.</summary>
internal interface IFeed
{
    /// <summary>How they are sent.</summary>
    string Description { get; }

    /// <summary>Sends records of 100 bytes, 8 of which are the key.</summary>
    /// <param name="producer">The producer.</param>
    /// <param name="records">How many.</param>
    void Send(Producer producer, int records);
}

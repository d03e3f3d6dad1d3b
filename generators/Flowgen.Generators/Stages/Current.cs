using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>The record that the code being written is looking at.</summary>
/// <param name="Wire">The wire on which it flows.</param>
/// <param name="Record">The expression of the record.</param>
/// <param name="Time">Its event time.</param>
/// <param name="Key">The key by which it is grouped.</param>
/// <param name="Origin">Where its batch came from, and its place there.</param>
/// <param name="Depth">How many loops of the operator it is in.</param>
/// <param name="OwnsTime">Whether the time is its own, and not that of the record from which it was made.</param>
internal sealed record Current(WireModel Wire, string Record, Variable Time, Variable Key, string Origin, int Depth, bool OwnsTime = true)
{
    /// <summary>Declares, at an earlier place, the variables that turned out to be needed.</summary>
    public void DeclareAt(SourceWriter.Place place, SourceWriter writer)
    {
        if (Key.TryDeclare(out string key)) writer.InsertAt(place, key);
        if (OwnsTime && Time.TryDeclare(out string time)) writer.InsertAt(place, time);
    }
}

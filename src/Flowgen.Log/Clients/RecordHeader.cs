namespace Flowgen.Log;

/// <summary>A header of a record that is sent or was consumed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; null is possible.</param>
public sealed record RecordHeader(string Name, byte[]? Value);

namespace Flowgen.Log;

/// <summary>Records that could not be salvaged. Their offsets stay empty, so that those of other records do not change.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="FirstOffset">Offset of the first.</param>
/// <param name="NextOffset">Offset behind the last.</param>
/// <param name="Reason">What is wrong with the bytes that held them.</param>
public sealed record LostRange(string Topic, int Partition, long FirstOffset, long NextOffset, string Reason);

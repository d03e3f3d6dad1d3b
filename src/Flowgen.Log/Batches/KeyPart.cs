namespace Flowgen.Log;

/// <summary>Where a part of the key lies in each value of a fixed batch.</summary>
/// <param name="Offset">First byte of the part in the value.</param>
/// <param name="Length">Number of bytes, 1 to 255.</param>
/// <param name="BigEndian">The key holds the bytes in reverse: a little-endian number in the value is a big-endian one in the key, as Kafka's serializers write it.</param>
public readonly record struct KeyPart(int Offset, int Length, bool BigEndian);

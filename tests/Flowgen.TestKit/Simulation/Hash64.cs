using System.Runtime.InteropServices;

namespace Flowgen.TestKit.Simulation;

/// <summary>A number for a sequence of bytes and numbers, to find out what is the same. Not for adversaries.</summary>
public struct Hash64()
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public ulong Value { get; private set; } = Prime;

    public void Add(long number)
    {
        ulong value = (Value ^ (ulong)number) * Prime;
        Value = value ^ (value >> 29);
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        foreach (long word in MemoryMarshal.Cast<byte, long>(bytes))
            Add(word);
        foreach (byte rest in bytes[(bytes.Length & ~7)..])
            Add(rest);
    }

    public void Add(string text) => Add(MemoryMarshal.AsBytes(text.AsSpan()));
}

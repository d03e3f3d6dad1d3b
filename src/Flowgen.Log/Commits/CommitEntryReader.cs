using System.Buffers.Binary;
using System.Text;

namespace Flowgen.Log.Commits;

/// <summary>Reads the entries of a commit record; every length is checked against what remains.</summary>
internal ref struct CommitEntryReader(ReadOnlySpan<byte> entries)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private ReadOnlySpan<byte> _rest = entries;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Bytes that are not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    public byte ReadByte() => Take(1)[0];

    public short ReadInt16() => BinaryPrimitives.ReadInt16LittleEndian(Take(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadInt32());

    public string ReadText()
    {
        try
        {
            return StrictUtf8.GetString(ReadBytes());
        }
        catch (DecoderFallbackException e)
        {
            throw new LogCorruptionException("A commit record holds text that is not UTF-8, although its CRC is right. It was written by a defective program.", e);
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
            throw new LogCorruptionException($"A commit record holds an entry of {count} bytes where {_rest.Length} remain, although its CRC is right. It was written by a defective program.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}

using System.Buffers.Binary;

namespace Flowgen.Log;

/// <summary>Reads key and time of a value of a fixed batch, as the header of the batch describes them.</summary>
internal static class FixedKeys
{
    public static long Time(ReadOnlySpan<byte> header, ReadOnlySpan<byte> value)
    {
        if ((BinaryPrimitives.ReadUInt16LittleEndian(header[BatchFormat.AttributesAt..]) & BatchFormat.AppendTimeAttribute) != 0)
            return BatchHeader.MaxTimestamp(header);
        int offset = BinaryPrimitives.ReadInt16LittleEndian(header[BatchFormat.TimeOffsetAt..]);
        return LogTime.ToUnixMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(value[offset..]), (LogTimeUnit)header[BatchFormat.TimeUnitAt]);
    }

    public static ReadOnlySpan<byte> Key(ReadOnlySpan<byte> header, ReadOnlySpan<byte> value)
    {
        int parts = header[BatchFormat.KeyPartCountAt];
        if (parts == 0)
            return default;
        var first = Part(header, 0);
        if (parts == 1 && (!first.BigEndian || first.Length == 1))
            return value.Slice(first.Offset, first.Length);
        return Assemble(header, value, parts);
    }

    public static KeyPart Part(ReadOnlySpan<byte> header, int index)
    {
        var part = header.Slice(BatchFormat.KeyPartsAt + (index * BatchFormat.KeyPartSize), BatchFormat.KeyPartSize);
        return new KeyPart(BinaryPrimitives.ReadUInt16LittleEndian(part), part[2], part[3] != 0);
    }

    private static byte[] Assemble(ReadOnlySpan<byte> header, ReadOnlySpan<byte> value, int parts)
    {
        int length = 0;
        for (int i = 0; i < parts; i++)
            length += Part(header, i).Length;
        var key = new byte[length];
        int at = 0;
        for (int i = 0; i < parts; i++)
        {
            var part = Part(header, i);
            var target = key.AsSpan(at, part.Length);
            value.Slice(part.Offset, part.Length).CopyTo(target);
            if (part.BigEndian)
                target.Reverse();
            at += part.Length;
        }

        return key;
    }
}

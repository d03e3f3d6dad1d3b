using System.ComponentModel;
using System.Runtime.CompilerServices;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>How records of one type become bytes and back. Generated beside each record type as a struct without fields,
/// so that every call is direct.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRecordCodec<TRecord>
{
    /// <summary>The shape of the record, stored with its topic.</summary>
    static abstract RecordSchema Schema { get; }

    /// <summary>Where key and event time lie in the struct's memory, if records are stored as that memory; else null.</summary>
    static abstract RecordLayout? Layout { get; }

    /// <summary>Whether the record has a key.</summary>
    static abstract bool HasKey { get; }

    /// <summary>Whether the record has an event time of its own.</summary>
    static abstract bool HasEventTime { get; }

    /// <summary>Whether members of the record are kept in headers.</summary>
    static abstract bool HasHeaders { get; }

    /// <summary>Whether a record that was read can borrow the bytes it was read from: it has members of type <see cref="Text"/>
    /// or <see cref="ReadOnlyMemory{T}"/>, so it must not outlive them. Assumed of types with references that do not say otherwise.</summary>
    static virtual bool Borrows => RuntimeHelpers.IsReferenceOrContainsReferences<TRecord>();

    /// <summary>The event time of a record.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Unix milliseconds.</returns>
    /// <exception cref="InvalidOperationException"><see cref="HasEventTime"/> is false.</exception>
    static abstract long EventTime(in TRecord record);

    /// <summary>The murmur2 hash of the key bytes, which decides the partition.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The hash as Kafka's Java client computes it.</returns>
    static abstract int PartitionHash(in TRecord record);

    /// <summary>Appends the key bytes.</summary>
    /// <param name="record">The record.</param>
    /// <param name="to">Where the bytes go.</param>
    static abstract void WriteKey(in TRecord record, ByteBuffer to);

    /// <summary>Appends the payload: all members that are not headers, key members too.</summary>
    /// <param name="record">The record.</param>
    /// <param name="to">Where the bytes go.</param>
    static abstract void Write(in TRecord record, ByteBuffer to);

    /// <summary>Adds the headers of the record that is being built.</summary>
    /// <param name="record">The record.</param>
    /// <param name="to">The batch, between the end of the value and the end of the record.</param>
    static abstract void WriteHeaders(in TRecord record, BatchBuilder to);

    /// <summary>Reads a payload that was written with <see cref="Schema"/>.</summary>
    /// <param name="reader">At the start of the payload.</param>
    /// <param name="record">The record; its text borrows the reader's buffer.</param>
    /// <exception cref="RecordFormatException">The bytes are not such a payload.</exception>
    static abstract void Read(ref RecordReader reader, out TRecord record);

    /// <summary>Reads a payload that was written with another schema.</summary>
    /// <param name="reader">At the start of the payload.</param>
    /// <param name="map">How the members of that schema fit those of <see cref="Schema"/>.</param>
    /// <param name="record">The record; its text borrows the reader's buffer.</param>
    /// <exception cref="RecordFormatException">The bytes are not such a payload.</exception>
    static abstract void ReadEvolved(ref RecordReader reader, SchemaMap map, out TRecord record);

    /// <summary>A copy of a record that borrows nothing: members of type <see cref="Text"/> and bytes are copied.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The record itself where it has no such members.</returns>
    static abstract TRecord Own(in TRecord record);
}

using System.ComponentModel;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>How accumulators and state of one type are written to changelogs.</summary>
/// <typeparam name="T">The type of the accumulator or state.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStateCodec<T>
{
    /// <summary>The shape of the bytes, such as "Mean{Sum:f64,Count:i64}". State of another shape is refused.</summary>
    static abstract string Layout { get; }

    /// <summary>Appends a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="to">Where the bytes go.</param>
    static abstract void Write(in T value, ByteBuffer to);

    /// <summary>Reads a value written by <see cref="Write"/>.</summary>
    /// <param name="reader">At the start of the value.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="RecordFormatException">The bytes end too early.</exception>
    static abstract void Read(ref StateReader reader, out T value);
}

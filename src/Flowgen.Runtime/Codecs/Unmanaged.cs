using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Flowgen.Log;

namespace Flowgen.Runtime;

/// <summary>Values without references, written as their memory.</summary>
/// <typeparam name="T">A type without references.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Unmanaged<T> : IStateCodec<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static string Layout { get; } = string.Create(CultureInfo.InvariantCulture, $"{typeof(T).Name}:{Unsafe.SizeOf<T>()}");

    /// <inheritdoc/>
    public static void Write(in T value, ByteBuffer to)
    {
        ArgumentNullException.ThrowIfNull(to);
        MemoryMarshal.Write(to.Reserve(Unsafe.SizeOf<T>()), in value);
    }

    /// <inheritdoc/>
    public static void Read(ref StateReader reader, out T value) => value = reader.Read<T>();
}

using System.ComponentModel;

namespace Flowgen.Runtime;

/// <summary>A name of an enum.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The number; that of an unsigned 64-bit enum with the same bits.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct EnumName(string Name, long Value);

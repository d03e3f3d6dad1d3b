// What the compiler needs and netstandard2.0 does not have.
using System.ComponentModel;

namespace System.Runtime.CompilerServices
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    internal static class IsExternalInit;
}

namespace System.Diagnostics.CodeAnalysis
{
    [AttributeUsage(AttributeTargets.Parameter)]
    internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
    {
        public bool ReturnValue { get; } = returnValue;
    }
}

namespace System
{
    /// <summary>List patterns are compiled to it.</summary>
    internal readonly struct Index(int value, bool fromEnd)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}

namespace Flowgen.Runtime;

/// <summary>Which kinds hold all values of which others.</summary>
internal static class Widening
{
    /// <summary>Whether every value of one kind is a value of another.</summary>
    public static bool IsAllowed(MemberKind from, MemberKind to) => from == to || to switch
    {
        MemberKind.Int16 => from is MemberKind.SByte or MemberKind.Byte,
        MemberKind.UInt16 => from is MemberKind.Byte,
        MemberKind.Int32 => from is MemberKind.SByte or MemberKind.Byte or MemberKind.Int16 or MemberKind.UInt16,
        MemberKind.UInt32 => from is MemberKind.Byte or MemberKind.UInt16,
        MemberKind.Int64 => IsInteger(from) && from is not MemberKind.UInt64,
        MemberKind.UInt64 => from is MemberKind.Byte or MemberKind.UInt16 or MemberKind.UInt32,
        MemberKind.Single => from is MemberKind.SByte or MemberKind.Byte or MemberKind.Int16 or MemberKind.UInt16,
        MemberKind.Double => from is MemberKind.Single || (IsInteger(from) && from is not (MemberKind.Int64 or MemberKind.UInt64)),
        MemberKind.Decimal => IsInteger(from),
        _ => false,
    };

    private static bool IsInteger(MemberKind kind) => kind is >= MemberKind.Byte and <= MemberKind.UInt64;
}

namespace Flowgen.Parsing.Models;

/// <summary>One member of a record that is written.</summary>
/// <param name="Name">The name in C#.</param>
/// <param name="JsonName">The name in JSON and tools.</param>
/// <param name="Number">The wire number.</param>
/// <param name="Wire">How it is written.</param>
/// <param name="KeyOrder">Position in the key; -1 where it is not part of it.</param>
/// <param name="IsEventTime">Whether it is the event time.</param>
/// <param name="Header">The name of the header in which it is kept instead of the payload.</param>
/// <param name="IsSensitive">Whether tools mask it.</param>
/// <param name="ConstructorPosition">Which parameter of the constructor takes it; -1: an initializer sets it.</param>
/// <param name="Default">The C# literal that stands for it in records that do not have it yet; null: <c>default</c>.</param>
public sealed record MemberModel(
    string Name,
    string JsonName,
    int Number,
    WireType Wire,
    int KeyOrder,
    bool IsEventTime,
    string? Header,
    bool IsSensitive,
    int ConstructorPosition,
    string? Default);

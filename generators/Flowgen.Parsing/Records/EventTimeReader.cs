using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads which member of a record is its event time.</summary>
internal sealed class EventTimeReader(WireTypes wires)
{
    public const string DefaultOutOfOrder = "0s";
    public const string DefaultIdle = "30s";

    /// <summary>The event time of a record; null where it has none, or a wrong one.</summary>
    public EventTimeModel? Read(INamedTypeSymbol record, List<MemberDeclaration> members, ProblemList problems)
    {
        List<MemberDeclaration> marked = [.. members.Where(m => m.Attribute("EventTime") is not null)];
        if (marked.Count == 0) return null;
        foreach (MemberDeclaration second in marked.Skip(1)) problems.Add(ProblemKind.TwoEventTimes, second.Location, record.Name);

        MemberDeclaration member = marked[0];
        AttributeData attribute = member.Attribute("EventTime")!;
        (long outOfOrder, string outOfOrderText) = DurationReader.Named(attribute, "OutOfOrder", DefaultOutOfOrder, member.Symbol, problems);
        (long idle, string idleText) = DurationReader.Named(attribute, "Idle", DefaultIdle, member.Symbol, problems, mayBeZero: false);
        if (attribute.Named("Idle") is not null && idle > 0 && idle < outOfOrder)
            problems.Add(ProblemKind.IdleIsShort, attribute.ArgumentLocation("Idle", member.Symbol), idleText, outOfOrderText);

        WireType? wire = wires.Of(member.Type);
        if (wire is not { IsNullable: false, Kind: WireKind.DateTimeOffset or WireKind.DateTime or WireKind.Int64 })
        {
            if (member.Type.TypeKind == TypeKind.Error) problems.NoteCompilerError();
            else problems.Add(ProblemKind.EventTimeType, member.Location, TypeRefs.Display(member.Type));
            return null;
        }

        if (wire.Kind == WireKind.DateTime) problems.Add(ProblemKind.DateTimeAsEventTime, member.Location);
        return new EventTimeModel(member.Name, wire.Kind, Unit(attribute, member, wire.Kind, problems), outOfOrder, idle);
    }

    private static string Unit(AttributeData attribute, MemberDeclaration member, WireKind kind, ProblemList problems)
    {
        if (attribute.Named("Unit") is not { } unit) return "Milliseconds";
        if (kind != WireKind.Int64)
            problems.Add(ProblemKind.UnitHasNoEffect, attribute.ArgumentLocation("Unit", member.Symbol), member.Name, TypeRefs.Display(member.Type));
        return unit.Value switch { 1 => "Seconds", 2 => "Microseconds", 3 => "Nanoseconds", _ => "Milliseconds" };
    }
}

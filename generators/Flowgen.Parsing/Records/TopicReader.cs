using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads [Topic].</summary>
internal static class TopicReader
{
    private const int MostPartitions = 4096;

    /// <summary>The topic that a type declares; null: none.</summary>
    /// <param name="owner">The record or the marker.</param>
    /// <param name="record">The record.</param>
    /// <param name="codec">Full name of its codec.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static TopicModel? Read(INamedTypeSymbol owner, INamedTypeSymbol record, string codec, ProblemList problems)
    {
        if (owner.Attribute("Topic") is not { } attribute) return null;
        string name = attribute.First<string>() ?? "";
        if (!NameText.IsTopicName(name))
            problems.Add(new Problem(ProblemKind.TopicNameNotValid, attribute.FirstLocation(owner), name).With(ProblemProperties.Value, NameText.Kebab(name)));

        int partitions = attribute.NamedNumber("Partitions", 1);
        if (partitions is < 1 or > MostPartitions)
            problems.Add(ProblemKind.PartitionCount, attribute.NamedLocation("Partitions", owner), partitions.ToString(System.Globalization.CultureInfo.InvariantCulture));

        var cleanup = (CleanupModel)attribute.NamedNumber("Cleanup", 0);
        (long? retention, string? text) = ReadRetention(attribute, owner, cleanup, problems);
        return new TopicModel(
            name, partitions, cleanup, retention, text, TypeRefs.Of(record), codec,
            owner.Is(record) ? null : TypeRefs.Of(owner));
    }

    private static (long? Ms, string? Text) ReadRetention(AttributeData attribute, INamedTypeSymbol owner, CleanupModel cleanup, ProblemList problems)
    {
        if (attribute.NamedText("Retention") is not { } text) return (null, null);
        if (cleanup == CleanupModel.Compact) problems.Add(ProblemKind.RetentionHasNoEffect, attribute.ArgumentLocation("Retention", owner));
        return text == "forever"
            ? (-1, text)
            : (DurationReader.Read(text, "Retention", mayBeZero: false, () => attribute.NamedLocation("Retention", owner), problems), text);
    }
}

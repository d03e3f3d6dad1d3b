using System.Globalization;
using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;

namespace Flowgen.Parsing;

/// <summary>Reads the class of a stage and its attributes.</summary>
internal sealed class StageReader(StageDeclaration stage, ProblemList problems, CancellationToken cancellation)
{
    public void Read()
    {
        CheckClass();
        ReadWires("From", stage.Inputs);
        ReadWires("To", stage.Outputs);
        ReadWires("Table", stage.Tables);
        CheckTimes();
        CheckTables();
        ReadWindow();
        if (stage.HasExplicitName && !NameText.IsTopicName(stage.Name))
        {
            problems.Add(new Problem(ProblemKind.TopicNameNotValid, stage.Attribute.FirstLocation(stage.Symbol), stage.Name)
                .With(ProblemProperties.Value, NameText.Kebab(stage.Name)));
        }
    }

    private void CheckClass()
    {
        INamedTypeSymbol type = stage.Symbol;
        if (stage.Known.LanguageVersion < KnownSymbols.NeededLanguageVersion)
            problems.Add(ProblemKind.LanguageVersionTooLow, stage.Location, stage.Known.LanguageVersion.ToString(CultureInfo.InvariantCulture));

        if (ForbiddenModifier(type) is { } modifier) problems.Add(ProblemKind.StageModifiers, stage.Location, type.Name, modifier);
        else if (Declarations.Around(type).Prepend(type).FirstOrDefault(t => !Declarations.IsPartial(t, cancellation)) is { } notPartial)
            problems.Add(ProblemKind.StageMustBePartial, notPartial.Locations[0], notPartial.Name);
        else if (!Declarations.IsReachable(type)) problems.Add(ProblemKind.NotReachable, stage.Location, type.Name);
        else if (!type.IsSealed) problems.Add(ProblemKind.StageShouldBeSealed, stage.Location, type.Name);
    }

    private static string? ForbiddenModifier(INamedTypeSymbol type) =>
        type.IsStatic ? "static" : type.IsAbstract ? "abstract" : Declarations.Around(type).Prepend(type).Any(t => t.IsGenericType) ? "generic" : null;

    private void ReadWires(string word, List<WireDeclaration> wires)
    {
        foreach (AttributeData attribute in stage.Symbol.Attributes(word))
        {
            if (attribute.AttributeClass!.TypeArguments is not [INamedTypeSymbol { TypeKind: not TypeKind.Error } argument])
            {
                problems.NoteCompilerError();
                continue;
            }

            if (wires.Exists(w => w.Argument.Is(argument))) continue;
            Location location = attribute.Location(stage.Symbol);
            INamedTypeSymbol? marked = stage.Known.Records.RecordOfMarker(argument);
            RecordDeclaration record = stage.Known.Records.Read(marked ?? argument);
            TopicModel? topic = marked is null ? record.Topic : TopicReader.Read(argument, marked, record.Model.CodecFullName, new ProblemList());
            bool isWire = topic is not null || (marked is null && record.IsStream && word != "Table");
            if (!isWire) problems.Add(new Problem(ProblemKind.RecordHasNoTopic, location, argument.Name, word).With(ProblemProperties.Type, argument.Name));
            wires.Add(new WireDeclaration(attribute, location, argument, record, topic));
        }
    }

    /// <summary>An input may have its own OutOfOrder and Idle, which take the place of the record's.</summary>
    private void CheckTimes()
    {
        foreach (WireDeclaration input in stage.Inputs)
        {
            AttributeData from = input.Attribute;
            long outOfOrder = input.Record.Model.EventTime?.OutOfOrderMs ?? 0;
            if (from.Named("OutOfOrder") is not null) outOfOrder = DurationReader.Named(from, "OutOfOrder", "", stage.Symbol, problems).Ms;
            if (from.Named("Idle") is null) continue;
            (long idle, string text) = DurationReader.Named(from, "Idle", "", stage.Symbol, problems, mayBeZero: false);
            if (idle > 0 && idle < outOfOrder)
                problems.Add(ProblemKind.IdleIsShort, from.ArgumentLocation("Idle", stage.Symbol), text, DurationText.Format(outOfOrder));
        }
    }

    private void CheckTables()
    {
        foreach (WireDeclaration table in stage.Tables.Where(t => t.Topic is not null))
        {
            if (table.Topic!.Cleanup == CleanupModel.Delete) problems.Add(ProblemKind.TableOnUncompactedTopic, table.Location, table.Topic.Name);
            if (table.Record.Key is null && !table.Record.HasErrors) problems.Add(ProblemKind.KeyNeeded, table.Location, stage.Symbol.Name, table.Type.Name);
        }
    }

    private void ReadWindow()
    {
        if (stage.Symbol.Attribute("TumblingWindow") is not { } attribute) return;
        stage.WindowAttribute = attribute;
        (long size, string sizeText) = DurationReader.First(attribute, "The window", stage.Symbol, problems);
        (long offset, string offsetText) = DurationReader.Named(attribute, "Offset", "0s", stage.Symbol, problems);
        (long lateness, string latenessText) = DurationReader.Named(attribute, "Lateness", "0s", stage.Symbol, problems);
        stage.Window = new WindowModel(size, sizeText, offset, offsetText, lateness, latenessText);
    }
}

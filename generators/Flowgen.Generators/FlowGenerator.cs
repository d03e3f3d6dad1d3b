using System.Collections.Immutable;
using System.Text;
using Flowgen.Generators.Apps;
using Flowgen.Generators.Records;
using Flowgen.Generators.Stages;
using Flowgen.Parsing;
using Flowgen.Parsing.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Flowgen.Generators;

/// <summary>Writes a codec for each record, an operator for each stage and the wiring of each app. Reports nothing: analyzers do.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class FlowGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<StageParse> declared = Declarations(context, "Flowgen.StageAttribute", TrackingNames.StageDeclarations,
            static (type, known, cancellation) => StageParser.Parse(type, known, cancellation) with { Problems = [] });
        IncrementalValuesProvider<StageParse> stages = declared.Where(s => s.Model is { Declaration.CanBeGenerated: true });
        IncrementalValuesProvider<StageModel> stageModels = stages.Select((s, _) => s.Model).NotNull().WithTrackingName(TrackingNames.Stages);
        context.RegisterSourceOutput(stageModels, (output, stage) => Add(output, stage.Declaration.HintName, StageEmitter.Emit(stage)));

        // A record with an attribute of its own is written once. Others may be named by several markers and stages: only these are collected,
        // because a new element in a collection moves all behind it.
        Write(context, Records(context, "Flowgen.TopicAttribute", TrackingNames.TopicRecords, static (type, known) => !RecordParser.IsMarker(type, known)));
        Write(context, Records(context, "Flowgen.StreamAttribute", TrackingNames.StreamRecords, static (type, _) => !RecordParser.HasTopic(type)));
        IncrementalValuesProvider<RecordModel> marked = Records(context, "Flowgen.TopicAttribute", TrackingNames.MarkedRecords, RecordParser.IsMarker);
        IncrementalValuesProvider<RecordModel> inner = stages.SelectMany((s, _) => s.InnerRecords);
        Write(context, marked.Collect().Combine(inner.Collect()).SelectMany((all, _) => Distinct(all.Left, all.Right)).WithTrackingName(TrackingNames.SharedRecords));

        IncrementalValueProvider<EquatableArray<StageSummary>> summaries = stages.Select((s, _) => s.Summary).NotNull().Collect()
            .Select((all, _) => all.OrderBy(s => s.Type.FullName, StringComparer.Ordinal).ToEquatable());
        IncrementalValuesProvider<AppModel> apps = Declarations(context, "Flowgen.FlowAppAttribute", TrackingNames.AppDeclarations, static (type, known, cancellation) => AppParser.Parse(type, known, cancellation).Model)
            .NotNull()
            .Where(a => a.Declaration.CanBeGenerated)
            .Combine(summaries)
            .Select((both, _) => AppWiring.Connect(both.Left, both.Right))
            .WithTrackingName(TrackingNames.Apps);
        context.RegisterSourceOutput(apps, (output, app) => Add(output, app.Declaration.HintName, AppEmitter.Emit(app)));
    }

    private static void Write(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<RecordModel> records) =>
        context.RegisterSourceOutput(records, static (output, record) => Add(output, record.HintName, CodecEmitter.Emit(record)));

    private static IncrementalValuesProvider<RecordModel> Records(
        IncrementalGeneratorInitializationContext context, string attribute, string trackingName, Func<INamedTypeSymbol, KnownSymbols, bool> which) =>
        Declarations(context, attribute, trackingName, (type, known, cancellation) => which(type, known) ? RecordParser.Parse(type, known, cancellation).Model : null).NotNull();

    // What a transform returns is kept: models only, never problems, which hold locations.
    private static IncrementalValuesProvider<TModel> Declarations<TModel>(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        string trackingName,
        Func<INamedTypeSymbol, KnownSymbols, CancellationToken, TModel> parse) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is TypeDeclarationSyntax && IsNewEnough(node),
            (target, cancellation) => parse((INamedTypeSymbol)target.TargetSymbol, KnownSymbols.Of(target.SemanticModel.Compilation), cancellation))
            .WithTrackingName(trackingName);

    // In an older language nothing compiles that could be written; FLOW0005 says so.
    private static bool IsNewEnough(SyntaxNode node) =>
        node.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: var version } && (int)version / 100 >= KnownSymbols.NeededLanguageVersion;

    private static ImmutableArray<RecordModel> Distinct(params ImmutableArray<RecordModel>[] sources) =>
        [.. sources.SelectMany(s => s).GroupBy(r => r.HintName, StringComparer.Ordinal).Select(g => g.First()).OrderBy(r => r.HintName, StringComparer.Ordinal)];

    private static void Add(SourceProductionContext output, string hintName, string source) =>
        output.AddSource(hintName + ".g.cs", SourceText.From(source, Encoding.UTF8));
}

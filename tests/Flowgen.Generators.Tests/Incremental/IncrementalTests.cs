using Flowgen.Parsing.Models;
using Flowgen.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Flowgen.Generators.Tests.Incremental;

public sealed class IncrementalTests
{
    private static readonly CSharpCompilation Flights = Sources.Flights();

    public static TheoryData<string> HarmlessEdits => ["the same", "a comment", "a blank line before a stage", "a body", "another file", "another file before all others", "an attribute of another library"];

    [Theory]
    [MemberData(nameof(HarmlessEdits))]
    public void Nothing_is_written_again_after(string edit)
    {
        IncrementalRun run = IncrementalRun.Of(Flights, Apply(edit));

        Assert.NotEmpty(run.Outputs);
        Assert.Empty(run.Changed);
    }

    // The compiler compares files by their position, so it asks again for each that has moved; the answers must be the same.
    [Fact]
    public void Another_order_of_files_gives_the_same_models()
    {
        IncrementalRun run = IncrementalRun.Of(Flights, Flights.RemoveAllSyntaxTrees().AddSyntaxTrees(Flights.SyntaxTrees.Reverse()));

        object[] models = [.. run.Outputs.Where(o => o.Step is TrackingNames.Stages or TrackingNames.Apps && o.Reason != IncrementalStepRunReason.Removed).Select(o => o.Value)];
        IncrementalRun first = IncrementalRun.Of(Flights, Flights);
        object[] before = [.. first.Outputs.Where(o => o.Step is TrackingNames.Stages or TrackingNames.Apps).Select(o => o.Value)];
        Assert.Equal(before.ToHashSet(), models.ToHashSet());
        Assert.Equal(Sources.Generated(first), Sources.Generated(run));
    }

    [Fact]
    public void Every_named_step_is_tracked()
    {
        CSharpCompilation all = Flights.AddSyntaxTrees(TestCompilation.Parse("""
            public readonly record struct Gate([Key] int Id);
            [Topic("gates")] public abstract class Gates : Topic<Gate>;
            """, "Gate.cs"));
        IncrementalRun run = IncrementalRun.Of(all, all.Clone());

        string[] names = [.. typeof(TrackingNames).GetFields().Select(f => (string)f.GetValue(null)!).Order(StringComparer.Ordinal)];
        Assert.Equal([.. names, "SourceOutput"], run.Outputs.Select(o => o.Step).Distinct().Order(StringComparer.Ordinal).OrderBy(n => n == "SourceOutput"));
    }

    [Fact]
    public void A_renamed_step_writes_its_stage_again_and_nothing_else()
    {
        IncrementalRun run = IncrementalRun.Of(Flights, Sources.Replace(Flights, "TooLate(", "MuchTooLate("));

        Assert.Equal(["stage airport-hours"], Written(run));
    }

    [Fact]
    public void Another_key_in_a_stage_writes_that_stage_again_and_nothing_else()
    {
        IncrementalRun run = IncrementalRun.Of(Flights, Sources.Replace(Flights, "ByState(in LocatedFlight flight) => flight.State", "ByState(in LocatedFlight flight) => flight.Name"));

        Assert.Equal(["stage state-days"], Written(run));
    }

    [Fact]
    public void Another_key_of_a_record_writes_the_record_and_those_that_use_it()
    {
        IncrementalRun run = IncrementalRun.Of(Flights, Sources.Replace(Flights, "[Key] string Origin, string Destination);", "string Origin, [Key] string Destination);"));

        Assert.Equal(["app flights", "record Flight", "stage locate-flights"], Written(run));
    }

    [Fact]
    public void A_second_stage_writes_itself_and_the_app_that_takes_all()
    {
        IncrementalRun run = IncrementalRun.Of(Flights, Flights.AddSyntaxTrees(TestCompilation.Parse("""
            [Stage, From<Flight>, To<UnknownAirport>]
            public sealed partial class Another { [Map] static UnknownAirport M(in Flight flight) => new(flight.Origin, flight.Date); }
            """, "Another.cs")));

        Assert.Equal(["app flights", "stage another"], Written(run));
    }

    [Fact]
    public void A_second_record_writes_itself()
    {
        IncrementalRun run = IncrementalRun.Of(Flights, Flights.AddSyntaxTrees(TestCompilation.Parse("""[Topic("gates")] public readonly record struct Gate([Key] int Id);""", "Gate.cs")));

        Assert.Equal(["record Gate"], Written(run));
    }

    [Fact]
    public void A_mistake_turns_one_stage_into_a_stub()
    {
        IncrementalRun run = IncrementalRun.Of(Flights, Sources.Replace(Flights, "TumblingWindow(\"1d\")", "TumblingWindow(\"one day\")"));

        Assert.Equal(["app flights", "stage state-days"], Written(run));
        Assert.True(Assert.Single(run.Outputs.Select(o => o.Value).OfType<StageModel>(), s => s.Name == "state-days").HasErrors);
    }

    [Fact]
    public void A_type_with_the_name_of_a_runtime_type_writes_its_namespace_again_and_one_elsewhere_nothing()
    {
        CSharpCompilation elsewhere = Flights.AddSyntaxTrees(TestCompilation.Parse("namespace Elsewhere; public class Store;", "Store.cs"));
        IncrementalRun first = IncrementalRun.Of(Flights, elsewhere);
        Assert.Empty(first.Changed);

        IncrementalRun run = IncrementalRun.Of(first.Driver, elsewhere.AddSyntaxTrees(TestCompilation.Parse("public class Store;", "Store2.cs")));

        Assert.Equal(Written(IncrementalRun.Of(Sources.Nothing(), Flights)), Written(run));
    }

    private static CSharpCompilation Apply(string edit) => edit switch
    {
        "the same" => Flights.Clone(),
        "a comment" => Sources.Replace(Flights, "hour.Departures++;", "hour.Departures++; /* one more */"),
        "a blank line before a stage" => Sources.Replace(Flights, "public sealed partial class StateDays", "\n\npublic sealed partial class StateDays"),
        "a body" => Sources.Replace(Flights, "departures++", "departures += 1"),
        "another file" => Flights.AddSyntaxTrees(TestCompilation.Parse("public class Unrelated { public int Sum(int a, int b) => a + b; }", "Unrelated.cs")),
        "another file before all others" => Flights.RemoveAllSyntaxTrees().AddSyntaxTrees([TestCompilation.Parse("public class Unrelated;", "A.cs"), .. Flights.SyntaxTrees]),
        "an attribute of another library" => Sources.Replace(Flights, "public struct Hour", "[System.Obsolete] public struct Hour"),
        _ => throw new ArgumentOutOfRangeException(nameof(edit), edit, "No such edit"),
    };

    // The models of which a file is written, in one line each.
    private static IEnumerable<string> Written(IncrementalRun run) => run.Changed
        .Where(o => o.Step is TrackingNames.Stages or TrackingNames.TopicRecords or TrackingNames.StreamRecords or TrackingNames.SharedRecords or TrackingNames.Apps && o.Reason != IncrementalStepRunReason.Removed)
        .Select(o => o.Value switch
        {
            StageModel stage => $"stage {stage.Name}",
            RecordModel record => $"record {record.Type.Name}",
            AppModel app => $"app {app.Name}",
            _ => o.Value.ToString()!,
        })
        .Order(StringComparer.Ordinal);
}

using Flowgen.Parsing.Models;
using Flowgen.TestKit;

namespace Flowgen.Generators.Tests.Parsing;

public sealed class AppWiringTests
{
    private static readonly string[] FlightStages = ["StateDays", "RouteTotals", "LocateFlights", "AirportHours"];

    [Fact]
    public void Flights_are_wired_by_their_keys()
    {
        AppModel app = Parsed.App(FlightsSource.Text, "FlightsApp", FlightStages);

        Assert.Equal(("flights", 100L, false), (app.Name, app.CommitEveryMs, app.HasErrors));
        Assert.Equal(["airport-hours", "locate-flights", "route-totals", "state-days"], app.Stages.Select(s => s.Name));
        Assert.Equal(
            [
                "locate-flights Direct airport-hours",
                "airport-hours Write airport-hours",
                "airport-hours Write late-flights",
                "airports Table locate-flights",
                "flights Read locate-flights",
                "locate-flights Write unknown-airports",
                "flights ReadExchange route-totals by route-totals.flight",
                "route-totals Write route-totals",
                "locate-flights Exchange state-days by state-days.located-flight",
                "state-days Write state-days",
            ],
            app.Edges.Select(e => Describe(app, e)));
    }

    [Fact]
    public void The_order_of_the_stages_does_not_matter() =>
        Assert.Null(ModelDifference.Find(
            Parsed.App(FlightsSource.Text, "FlightsApp", FlightStages),
            Parsed.App(FlightsSource.Text, "FlightsApp", [.. FlightStages.Reverse()])));

    [Fact]
    public void The_diagram_has_topics_stages_and_what_flows_between_them()
    {
        string mermaid = Parsed.App(FlightsSource.Text, "FlightsApp", FlightStages).Mermaid;

        Assert.StartsWith("flowchart LR\n", mermaid, StringComparison.Ordinal);
        Assert.Contains("topic-flights[(\"flights\")]", mermaid, StringComparison.Ordinal);
        Assert.Contains("topic-airports -. table .-> LocateFlights", mermaid, StringComparison.Ordinal);
        Assert.Contains("LocateFlights -- located-flight --> AirportHours", mermaid, StringComparison.Ordinal);
        Assert.Contains("LocateFlights == state-days.located-flight ==> StateDays", mermaid, StringComparison.Ordinal);
    }

    [Fact]
    public void Included_stages_are_the_only_ones()
    {
        const string App = """[FlowApp("some", CommitEvery = "1s"), Include<LocateFlights>, Include<AirportHours>] public sealed partial class SomeApp;""";

        AppModel app = Parsed.App(FlightsSource.Text + App, "SomeApp", FlightStages);

        Assert.Equal(["airport-hours", "locate-flights"], app.Stages.Select(s => s.Name));
        Assert.Equal(1000, app.CommitEveryMs);
    }

    [Fact]
    public void A_reader_without_key_gets_batches_whatever_their_key()
    {
        AppModel app = Parsed.App(ShopSource.Records + """
            [Stage, From<Order>, To<Sale>] public sealed partial class A { [Map] static Sale M(in Order o) => new(o.Region, o.Amount, o.At); }
            [Stage, From<Sale>, To<Revenue>] public sealed partial class B { [Map] static Revenue M(in Sale s) => new(s.Category, s.At, s.Amount); }
            [FlowApp("shop")] public sealed partial class App;
            """, "App", "A", "B");

        Assert.Contains("a Direct b", app.Edges.Select(e => Describe(app, e)));
    }

    [Fact]
    public void A_key_stays_only_if_it_stayed_all_the_way()
    {
        AppModel app = Parsed.App(ShopSource.Records + """
            [Stream] public readonly record struct Paid([Key] string Category, decimal Amount, [EventTime] DateTimeOffset At);
            [Stage, From<Order>, To<Sale>] public sealed partial class A { [Map] static Sale M(in Order o) => new(o.Region, o.Amount, o.At); }
            [Stage, From<Sale>, To<Paid>] public sealed partial class B { [Map] static Paid M(in Sale s) => new(s.Category, s.Amount, s.At); }
            [Stage, From<Paid>, To<Revenue>, TumblingWindow("1h")] public sealed partial class C
            {
                [Add] static void Add(ref decimal sum, in Paid p) => sum += p.Amount;
                [Emit] static Revenue Emit(string key, Window window, decimal sum) => new(key, window.Start, sum);
            }
            [FlowApp("shop")] public sealed partial class App;
            """, "App", "A", "B", "C");

        Assert.Equal(["a Direct b", "b Exchange c by c.paid"], app.Edges.Where(e => e.From >= 0 && e.To >= 0).Select(e => Describe(app, e)));
    }

    [Fact]
    public void A_table_wants_as_many_partitions_as_it_has()
    {
        AppModel app = Parsed.App(ShopSource.Records + """
            [Topic("few", Partitions = 3)] public readonly record struct Few([Key] int ProductId, [EventTime] DateTimeOffset At);
            [Stream] public readonly record struct Passed([Key] int ProductId, [EventTime] DateTimeOffset At);
            [Stage, From<Few>, To<Passed>] public sealed partial class A { [Map] static Passed M(in Few f) => new(f.ProductId, f.At); }
            [Stage, From<Passed>, Table<Product>, To<Revenue>] public sealed partial class B
            {
                [Join] static Revenue M(in Passed passed, in Product product) => new(product.Category, passed.At, product.Price);
            }
            [FlowApp("shop")] public sealed partial class App;
            """, "App", "A", "B");

        EdgeModel edge = Assert.Single(app.Edges, e => e.From >= 0 && e.To >= 0);
        Assert.Equal((EdgeKind.Exchange, 12), (edge.Kind, edge.Partitions));
    }

    [Fact]
    public void An_app_with_a_broken_stage_is_a_stub()
    {
        AppModel app = Parsed.App(ShopSource.Stage("From<Order>, To<Total>", "[Filter] static int Large(in Order order) => 1;") + """
            [FlowApp("shop")] public sealed partial class App;
            """, "App", "S");

        Assert.True(app.HasErrors);
        Assert.Empty(app.Edges);
    }

    private static string Describe(AppModel app, EdgeModel edge)
    {
        string from = edge.From < 0 ? app.Topics[edge.Topic].Name : app.Stages[edge.From].Name;
        string to = edge.To < 0 ? app.Topics[edge.Topic].Name : app.Stages[edge.To].Name;
        return $"{from} {edge.Kind} {to}{(edge.ExchangeName is null ? "" : $" by {edge.ExchangeName}")}";
    }
}

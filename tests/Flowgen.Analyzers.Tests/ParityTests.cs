using System.Collections.Immutable;
using Flowgen.TestKit;
using Microsoft.CodeAnalysis;

namespace Flowgen.Analyzers.Tests;

/// <summary>One mistake gives one diagnostic: the broken stage gets a stub, so that the app that includes it still compiles.</summary>
public class ParityTests
{
    private const string Broken = """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Filter] static int IsLarge(in Order order) => order.Id;
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }

        [FlowApp("shop"), Include<LargeOrders>]
        public sealed partial class Shop;
        """;

    [Fact]
    public async Task A_stage_with_an_error_gives_one_diagnostic_and_no_wave_in_its_app()
    {
        ImmutableArray<Diagnostic> found = await AnalyzerVerifier<FlowgenAnalyzer>.DiagnoseAsync(TestCompilation.Create(ShopRecords.With(Broken)));

        Assert.Equal("FLOW0501", Assert.Single(found, d => d.Severity >= DiagnosticSeverity.Warning).Id);
    }

    [Fact]
    public async Task A_pragma_suppresses_a_warning_at_its_place()
    {
        const string source = """
            [Stage, From<Order>, To<LateOrder>]
            public sealed partial class StampOrders
            {
            #pragma warning disable FLOW1101 // the time of the machine is what is asked for
                [Map] static LateOrder Stamp(in Order order) => new(order.Id, DateTimeOffset.UtcNow);
            #pragma warning restore FLOW1101
                [Filter] static bool IsPast(in Order order) => order.At < {|FLOW1101:DateTimeOffset.UtcNow|};
            }
            """;

        await AnalyzerVerifier<FlowgenAnalyzer>.VerifyAsync(ShopRecords.With(source));
    }
}

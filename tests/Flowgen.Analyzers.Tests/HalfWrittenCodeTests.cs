using System.Collections.Immutable;
using Flowgen.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Flowgen.Analyzers.Tests;

/// <summary>While a stage is typed it never compiles. The analyzer must bear every state of it.</summary>
public class HalfWrittenCodeTests
{
    private const int TokensBetweenStops = 7;

    private const string Source = """
        [Stage("priced"), From<Order>(Start = StartAt.Latest), Table<Product>(On = nameof(Order.ProductId)), To<Total>, To<LateOrder>]
        [TumblingWindow("1h", Lateness = "10m")]
        public sealed partial class PricedOrders
        {
            [Filter] static bool IsPaid(in Order order) => order.Amount > 0;
            [KeyBy] static (int Id, string Region) ByRegion(in Order order) => (order.Id, order.Region);
            [Add] static void Add(ref decimal total, in Order order, Table<int, Product> products) => total += products.TryGet(order.ProductId, out Product product) ? product.Price : 0;
            [Emit] static Total Emit((int Id, string Region) key, Window window, decimal total, Firing firing) => new(key.Id, window.Start, total);
            [Late] static LateOrder TooLate(in Order order, Window window, Meta meta) => new(order.Id, meta.EventTime);
        }

        [FlowApp("shop", CommitEvery = "100ms"), Include<PricedOrders>]
        public sealed partial class Shop;

        [Topic("parcels", Partitions = 6, Cleanup = Cleanup.Compact, Retention = "7d")]
        public readonly record struct Parcel([Key(0)] int Id, [Key(1)] string Region, [Field(3)] int? Weight, [Header("h")] Guid Trace, [EventTime(OutOfOrder = "1m", Unit = TimeUnit.Seconds)] long At);
        """;

    [Fact]
    public async Task The_analyzer_bears_code_that_ends_anywhere()
    {
        int[] stops = [.. CSharpSyntaxTree.ParseText(Source).GetRoot().DescendantTokens().Where((_, i) => i % TokensBetweenStops == 0).Select(token => token.SpanStart)];

        foreach (int stop in stops)
        {
            // The records stand before the stage, so that only the stage is cut.
            CSharpCompilation compilation = TestCompilation.Create(("Records.cs", ShopRecords.With("")), ("Stage.cs", Source[..stop]));
            ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new FlowgenAnalyzer()]).GetAnalyzerDiagnosticsAsync();
            Assert.False(found.Any(d => d.Id == "AD0001"), $"After:\n{Source[..stop]}\n{string.Join('\n', found)}");
        }
    }
}

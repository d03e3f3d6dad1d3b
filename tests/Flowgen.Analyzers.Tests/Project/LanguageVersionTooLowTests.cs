using Flowgen.TestKit;

namespace Flowgen.Analyzers.Tests.Project;

public class LanguageVersionTooLowTests() : RuleTests("FLOW0005")
{
    private const string Source = """
        [Stage, From<Order>, To<LargeOrder>]
        public sealed partial class LargeOrders
        {
            [Map] static LargeOrder Shorten(in Order order) => new(order.Id, order.Amount);
        }
        """;

    [Fact]
    public Task Triggers_on_an_older_language_version() => AnalyzerVerifier<FlowgenAnalyzer>.VerifyAsync(
        ShopRecords.With(Source.Replace("class LargeOrders", "class [|LargeOrders|]", StringComparison.Ordinal)),
        Id,
        "Flowgen needs C# 14 or later, but the project uses C# 12",
        OlderLanguage.Of);

    [Fact]
    public Task Does_not_trigger_on_the_newest_language_version() => DoesNotTrigger(Source);
}

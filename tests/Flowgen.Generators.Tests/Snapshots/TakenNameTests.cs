using Flowgen.Parsing;
using Flowgen.TestKit;
using Flowgen.TestKit.Snapshots;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flowgen.Generators.Tests.Snapshots;

/// <summary>Types of the user may have any name, those of the runtime too. A <see cref="GeneratorRun"/> fails if what it wrote does not compile.</summary>
public sealed class TakenNameTests
{
    private const string App = """
        [Topic("orders")]
        public readonly record struct Order([Key] int Id, string Region, global::Flowgen.Text Note, decimal? Amount, Size Size, string[] Tags, [EventTime] global::System.DateTimeOffset At);
        public readonly record struct Size(int Width, global::System.DateOnly? Until);
        [Topic("products", Cleanup = global::Flowgen.Cleanup.Compact)]
        public readonly record struct Product([Key] int Id, string Category);
        [Topic("totals")]
        public readonly record struct Total([Key] string Region, long Count, [EventTime] global::System.DateTimeOffset At);
        [Topic("late")]
        public readonly record struct LateOrder([Key] int Id, string Category);
        public struct Sum { public long Count; public string? Last; }

        [Stage("prepare"), From<Order>, To<LateOrder>, global::Flowgen.Table<Product>]
        public sealed partial class Prepare(global::System.TimeProvider clock)
        {
            [Filter] bool IsOld(in Order o) => o.At < clock.GetUtcNow();
            [Join] static LateOrder Price(in Order o, in Product product) => new(o.Id, product.Category);
        }

        [Stage("totals"), From<Order>, To<Total>, To<LateOrder>, TumblingWindow("10s", Lateness = "5s")]
        public sealed partial class Totals
        {
            [KeyBy] static string ByRegion(in Order o) => o.Region;
            [Add] static void Add(ref Sum sum, in Order o) => sum.Count++;
            [Emit] static Total Emit(string key, global::Flowgen.Window window, in Sum sum) => new(key, sum.Count, window.End);
            [Late] static void Late(in Order o, global::Flowgen.Window window, global::Flowgen.Out<LateOrder> late) => late.Emit(new(o.Id, ""));
        }

        [FlowApp("shop")]
        public sealed partial class ShopApp;
        """;

    public static TheoryData<string> Names => ["all", "Store", "Batch", "Operator", "Text", "Window", "Meta", "Table", "Out", "Producer", "Schema", "StringKey", "GeneratedCodeAttribute", "DateTimeOffset"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_type_in_the_namespace(string name) => AssertCompiles($"namespace Shop.Orders;\n{Types(name)}\n{App}");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_type_in_a_namespace_around_it(string name) => AssertCompiles($"namespace Shop {{ {Types(name)} }}\nnamespace Shop.Orders {{ {App} }}");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_type_without_a_namespace(string name) => AssertCompiles($"{Types(name)}\nnamespace Shop.Orders {{ {App} }}");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_type_from_a_global_using(string name) => AssertCompiles($"namespace Library {{ {Types(name)} }}\nnamespace Shop.Orders {{ {App} }}", "global using Library;");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_type_nested_in_the_stage(string name) =>
        AssertCompiles($"namespace Shop.Orders;\n{App.Replace("class Totals\n{", $"class Totals\n{{ {Types(name)}", StringComparison.Ordinal)}");

    [Fact]
    public void A_namespace_of_the_name() => AssertCompiles($"namespace Shop.Store {{ class Any; }}\nnamespace Shop.Orders {{ {App} }}");

    [Theory]
    [InlineData("Store")]
    [InlineData("Batch")]
    [InlineData("Window")]
    [InlineData("Operator")]
    [InlineData("Topology")]
    [InlineData("FixedPart")]
    [InlineData("StageBuilder")]
    public void A_record_a_stage_and_an_app_of_the_name(string name)
    {
        AssertCompiles("namespace Shop.Orders;\n" + App.Replace("Order(", name + "(", StringComparison.Ordinal).Replace("<Order>", $"<{name}>", StringComparison.Ordinal).Replace("in Order ", $"in {name} ", StringComparison.Ordinal).Replace($"Late{name}(", "LateOrder(", StringComparison.Ordinal));
        AssertCompiles("namespace Shop.Orders;\n" + App.Replace("class Totals", "class " + name, StringComparison.Ordinal));
        if (name != "Topology") AssertCompiles("namespace Shop.Orders;\n" + App.Replace("class ShopApp", "class " + name, StringComparison.Ordinal));
    }

    [Fact]
    public void Members_of_the_name() => AssertCompiles("namespace Shop.Orders;\n" + App
        .Replace("string[] Tags", "string[] Tags, int Store, int Batch, int Window, int Unmanaged, int RecordWriter", StringComparison.Ordinal)
        .Replace("Sum { ", "Sum { public int StateReader; public string? StateWriter; ", StringComparison.Ordinal)
        .Replace("ByRegion(", "StateWriter(", StringComparison.Ordinal).Replace("void Add(", "void WindowMath(", StringComparison.Ordinal));

    [Fact]
    public void A_store_of_the_user() => Snapshot.Verify(this, """
        namespace Shop;
        [Topic("stores")]
        public readonly record struct Store([Key] int Id, long Sales);
        [Stage("sales"), From<Store>, To<Store>]
        public sealed partial class Sales
        {
            public struct Batch { public long Sum; }
            [Add] static void Add(ref Batch batch, in Store store) => batch.Sum += store.Sales;
            [Emit] static Store Emit(int key, in Batch batch) => new(key, batch.Sum);
        }
        """);

    // Otherwise a name that the user takes would not be seen to be taken.
    [Fact]
    public void Every_simple_name_in_generated_code_is_among_the_words()
    {
        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create("namespace Shop.Orders;\n" + App));
        List<string> missing = [];
        foreach (GeneratedSourceResult source in run.Sources)
        {
            SyntaxTree tree = run.Compilation.SyntaxTrees.Single(t => t.FilePath == source.SyntaxTree.FilePath);
            SemanticModel model = run.Compilation.GetSemanticModel(tree);
            missing.AddRange(tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
                .Where(name => model.GetSymbolInfo(name).Symbol is { } symbol && IsForeignType(symbol) && !IsQualified(name) && GeneratedWords.NamespaceOf(name.Identifier.Text) is null)
                .Select(name => name.Identifier.Text));
        }

        Assert.Empty(missing.Distinct());
    }

    private static bool IsForeignType(ISymbol symbol) =>
        (symbol as INamedTypeSymbol ?? (symbol as IMethodSymbol)?.ContainingType) is { } type && (symbol is INamedTypeSymbol || symbol is IMethodSymbol { MethodKind: MethodKind.Constructor })
        && type.SpecialType is SpecialType.None or SpecialType.System_Array or SpecialType.System_DateTime && type.ContainingAssembly?.Name != "Test";

    private static bool IsQualified(SimpleNameSyntax name) => name.Parent is QualifiedNameSyntax { Right: var right } && right == name || name.Parent is AliasQualifiedNameSyntax || name.IsVar;

    private static string Types(string name) => string.Join('\n', (name == "all" ? GeneratedWords.Names : [name]).Select(n => $"public sealed class {n};"));

    private static void AssertCompiles(string source, string usings = "") =>
        Assert.Empty(GeneratorRun.Of(TestCompilation.Create(("Test.cs", source), ("Global.cs", usings))).Sources.Where(s => s.SourceText.ToString().Contains("has errors", StringComparison.Ordinal)).Select(s => s.HintName));
}

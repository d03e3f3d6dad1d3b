namespace Flowgen.Testing.Tests;

[Topic("orders", Partitions = 3)]
public readonly record struct Order([Key] int Id, int ProductId, int Quantity, [EventTime(OutOfOrder = "5s")] DateTimeOffset At);

[Topic("products", Partitions = 3, Cleanup = Cleanup.Compact)]
public readonly record struct Product([Key] int Id, string Category, decimal Price);

[Stream]
public readonly record struct Sale([Key] string Category, decimal Amount, [EventTime] DateTimeOffset At);

[Topic("unknown-products")]
public readonly record struct UnknownProduct([Key] int ProductId, int OrderId);

[Topic("category-revenue", Partitions = 2)]
public readonly record struct CategoryRevenue([Key] string Category, [EventTime] DateTimeOffset Hour, decimal Revenue);

[Topic("category-totals", Partitions = 2, Cleanup = Cleanup.Compact)]
public readonly record struct CategoryTotal([Key] string Category, long Sales);

[Topic("big-sales")]
public readonly record struct BigSale([Key] string Category, decimal Amount);

/// <summary>A service that a stage asks for.</summary>
public sealed class Limits(decimal big)
{
    public decimal Big { get; } = big;
}

[Stage]
[From<Order>, Table<Product>(On = nameof(Order.ProductId))]
[To<Sale>, To<UnknownProduct>]
public sealed partial class PriceOrders
{
    [Join]
    static Sale Price(in Order order, in Product product) => new(product.Category, product.Price * order.Quantity, order.At);

    [Unmatched]
    static UnknownProduct NoProduct(in Order order) => new(order.ProductId, order.Id);
}

[Stage]
[From<Sale>, To<CategoryRevenue>]
[TumblingWindow("1h")]
public sealed partial class HourlyRevenue
{
    [Add]
    static void Add(ref decimal revenue, in Sale sale) => revenue += sale.Amount;

    [Emit]
    static CategoryRevenue Emit(string key, Window hour, decimal revenue) => new(key, hour.Start, revenue);
}

[Stage]
[From<Sale>, To<CategoryTotal>]
public sealed partial class CountSales
{
    [Add]
    static void Add(ref long sales, in Sale _) => sales++;

    [Emit(When.Changed)]
    static CategoryTotal Emit(string key, long sales) => new(key, sales);
}

[Stage]
[From<Sale>, To<BigSale>]
public sealed partial class FindBigSales(Limits limits)
{
    [State]
    public struct Best
    {
        public decimal Amount;
    }

    [Process]
    void OnSale(in Sale sale, ref Best best, Out<BigSale> sales)
    {
        if (sale.Amount < limits.Big || sale.Amount <= best.Amount) return;
        best.Amount = sale.Amount;
        sales.Emit(new(sale.Category, sale.Amount));
    }
}

[FlowApp("shop")]
[Include<PriceOrders>, Include<HourlyRevenue>, Include<CountSales>]
public sealed partial class ShopApp;

using Flowgen.Testing;

namespace Flowgen.Generators.Tests.Behaviour;

[Stage, From<Order>, Table<Product>(On = nameof(Order.Product)), To<Sale>, To<Refusal>]
public sealed partial class PriceOrders
{
    [Filter]
    static bool IsPositive(in Order order) => order.Amount > 0;

    [Join]
    static Sale? Price(in Order order, in Product product) => product.Price == 0 ? null : new(order.Id, product.Category, product.Price * order.Amount);

    [Unmatched]
    static Refusal Unknown(in Order order) => new(order.Id, "unknown product");
}

[Stage, From<Order>, Table<Product>, To<Sale>]
public sealed partial class LookUp
{
    [FlatMap]
    static void Find(in Order order, Table<int, Product> products, Out<Sale> sales)
    {
        if (products.TryGet(order.Id, out Product product)) sales.Emit(new(order.Id, product.Category, product.Price));
    }
}

[Stage, From<Order>, From<Sale>, To<WordCount>, To<Refusal>]
public sealed partial class Watch
{
    [State]
    public struct Seen
    {
        public int Orders;
        public string? Region;
        public int[]? Amounts;
    }

    [Process]
    static void OnOrder(in Order order, ref Seen seen, int key, Out<Refusal> refusals)
    {
        seen.Orders++;
        seen.Amounts = [.. seen.Amounts ?? [], order.Amount];
        if (seen.Region is not null && seen.Region != order.Region) refusals.Emit(new(key, $"{seen.Region} to {order.Region} after {string.Join('+', seen.Amounts)}"));
        seen.Region = order.Region;
    }

    [Process]
    static void OnSale(in Sale sale, ref Seen seen, Out<WordCount> counts)
    {
        if (seen.Orders == 0) counts.Delete(sale.Category);
        else counts.Emit(new(sale.Category, seen.Orders));
    }
}

public class TableTests
{
    [Fact]
    public void A_join_takes_the_newest_row()
    {
        using StageTest stage = StageTest.For<PriceOrders>();
        stage.Send(new Product(7, "pen", 2), new Product(7, "ink", 3), new Product(8, "free", 0));

        stage.Send(At.Order(1, 0, 5, product: 7), At.Order(2, 0, 5, product: 9), At.Order(3, 0, 5, product: 8), At.Order(4, 0, 0, product: 7));

        Assert.Equal([new Sale(1, "ink", 15)], stage.Received<Sale>());
        Assert.Equal([new Refusal(2, "unknown product")], stage.Received<Refusal>());
    }

    [Fact]
    public void A_tombstone_removes_the_row()
    {
        using StageTest stage = StageTest.For<PriceOrders>();
        stage.Send(new Product(7, "pen", 2)).Delete(new Product(7, "", 0));

        stage.Send(At.Order(1, 0, 5, product: 7));

        Assert.Equal([new Refusal(1, "unknown product")], stage.Received<Refusal>());
    }

    [Fact]
    public void A_step_looks_up_the_row_of_its_record()
    {
        using StageTest stage = StageTest.For<LookUp>();
        stage.Send(new Product(7, "pen", 2));

        stage.Send(At.Order(7, 0), At.Order(8, 0));

        Assert.Equal([new Sale(7, "pen", 2)], stage.Received<Sale>());
    }

    [Fact]
    public void State_is_kept_for_each_key_over_inputs_and_restarts()
    {
        using StageTest stage = StageTest.For<Watch>();

        stage.Send(At.Order(1, 0, 3, "EU"), At.Order(2, 0, 1, "EU")).Restart();
        stage.Send(At.Order(1, 1, 4, "CH")).Send(new Sale(1, "a", 0), new Sale(2, "b", 0));

        Assert.Equal([new Refusal(1, "EU to CH after 3+4")], stage.Received<Refusal>());
        Assert.Equal([new WordCount("a", 2), new WordCount("b", 1)], stage.Received<WordCount>());
    }

    [Fact]
    public void Out_sends_tombstones_by_the_key_of_the_record()
    {
        using StageTest stage = StageTest.For<Watch>();

        stage.Send(new Sale(5, "gone", 0));

        Assert.Equal(["gone"], stage.Deleted<WordCount, string>());
    }
}

using Flowgen.Generators.Writing;
using Flowgen.Parsing.Models;

namespace Flowgen.Generators.Stages;

/// <summary>Writes how a table is kept up to date.</summary>
internal static class TableEmitter
{
    /// <summary>Writes <c>Update</c> and <c>Remove</c> of a table.</summary>
    public static void Write(OperatorContext context, TableModel table)
    {
        SourceWriter writer = context.Writer;
        string row = context.Names.Types.Of(table.Row), field = context.Fields.Table(table.Index);
        writer.Line($"// [Table<{table.Row.Name}>]: the newest row of each {table.Key.Description}");
        using (writer.WriteBlock($"public void Update(scoped in Batch<{row}> rows)"))
        using (writer.WriteBlock($"foreach (ref readonly {row} row in rows.Records)"))
            writer.Line($"{field}.Upsert({table.Key.Expression("row", context.Names.Class)}, in row);");
        writer.Line();
        string interfaceName = context.Operator.Tables.Count > 1 ? $"void ITableInput<{row}>." : "public void ";
        writer.Line($"{interfaceName}Remove(ReadOnlySpan<byte> keyBytes) => {field}.Remove({context.Names.KeyCodec(table.Key.Key)}.ReadKey(keyBytes));");
    }
}

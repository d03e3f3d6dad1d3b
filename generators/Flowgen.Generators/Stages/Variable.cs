namespace Flowgen.Generators.Stages;

/// <summary>A local variable that is only declared if somebody asks for it, right before the step that does.</summary>
internal sealed class Variable(string name, string type, Func<string> value)
{
    private bool _isUsed;
    private bool _isDeclared;

    /// <summary>A name that needs no declaration.</summary>
    public Variable(string name)
        : this(name, "", () => "") => _isDeclared = true;

    /// <summary>Its name, for an expression.</summary>
    public string Use()
    {
        _isUsed = true;
        return name;
    }

    /// <summary>Its declaration, if it was asked for and stands nowhere yet.</summary>
    public bool TryDeclare(out string declaration)
    {
        declaration = "";
        if (!_isUsed || _isDeclared) return false;
        _isDeclared = true;
        declaration = $"{type} {name} = {value()};";
        return true;
    }
}

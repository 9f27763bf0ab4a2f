using LifecycleMetrics.Reporting.Email.Templates.Lexing;
using LifecycleMetrics.Reporting.Email.Templates.Syntax;

namespace LifecycleMetrics.Reporting.Email.Templates.Parsing;

/// <summary>Parses expressions: pipes around conditions around calls around operators around operands.</summary>
internal sealed class ExpressionParser
{
    private readonly TokenReader _reader;
    private readonly DepthGuard _depth;
    private readonly OperandParser _operands;
    private bool _isForHeader;

    public ExpressionParser(TokenReader reader, DepthGuard depth)
    {
        _reader = reader;
        _depth = depth;
        _operands = new OperandParser(reader, depth, this);
    }

    public Expression Parse()
    {
        var outer = _depth.Depth;
        _depth.Enter(_reader.Current.At);
        var expression = ParseConditional();
        while (_reader.Current.Is("|") || _reader.Current.Is("|>"))
        {
            var at = _reader.Take().At;
            _depth.Enter(at);
            _reader.SkipNewLines();
            expression = Pipe.Into(ParseCall(0), expression, at);
        }

        _depth.ReturnTo(outer);
        return expression;
    }

    /// <summary>An operator chain, or a call of a function with arguments separated by blanks.</summary>
    public Expression ParseCall(int precedence)
    {
        var first = ParseOperators(precedence, isArgument: false);
        if (!StartsOperand(_reader.Current)) return first;
        var at = first.At;
        if (!first.IsPath) throw _reader.Error($"Unexpected {_reader.Current.Shown} after an expression.");
        var positional = new List<Expression>();
        var named = new List<KeyValuePair<string, Expression>>();
        while (StartsOperand(_reader.Current))
        {
            if (IsNamedArgument()) named.Add(ParseNamedArgument());
            else if (named.Count > 0) throw _reader.Error("After an argument with a name all arguments need one.");
            else positional.Add(ParseOperators(precedence, isArgument: true));
        }

        return new Call(first, positional, named, at);
    }

    /// <summary>Operators stronger than a precedence.</summary>
    /// <param name="isArgument">In an argument the right side of an operator takes no arguments of its own.</param>
    private Expression ParseOperators(int precedence, bool isArgument)
    {
        var outer = _depth.Depth;
        var left = _operands.Parse();
        while (_reader.Current.Kind == TokenKind.Operator
            && Precedence.Of(_reader.Current.Text) is var strength && strength > precedence)
        {
            var token = _reader.Take();

            // A left-leaning chain is as deep in the tree as it has operators.
            _depth.Enter(token.At);
            var right = isArgument ? ParseOperators(strength, isArgument: true) : ParseCall(strength);
            left = Combine(token, left, right);
        }

        _depth.ReturnTo(outer);
        return left;
    }

    private static Expression Combine(Token token, Expression left, Expression right) => token.Text switch
    {
        "??" or "?!" => new Coalesce(token.Text == "??", left, right, token.At),
        "&&" or "||" => new Logical(token.Text == "&&", left, right, token.At),
        ".." or "..<" => new RangeExpression(token.Text == "..", left, right, token.At),
        _ => new Binary(token.Text, left, right, token.At),
    };

    private Expression ParseConditional()
    {
        var condition = ParseCall(0);
        if (!_reader.Current.Is("?")) return condition;
        var at = _reader.Take().At;
        var then = Parse();
        _reader.Expect(":");
        return new Conditional(condition, then, Parse(), at);
    }

    private bool IsNamedArgument() =>
        _reader.Current.Kind == TokenKind.Identifier && _reader.Next.Is(":") && !_reader.Next.SpaceBefore;

    private KeyValuePair<string, Expression> ParseNamedArgument()
    {
        var name = _reader.Take().Text;
        _reader.Expect(":");
        return new(name, _operands.Parse());
    }

    private bool StartsOperand(Token token)
    {
        if (_isForHeader && (token.IsWord("reversed") || ((token.IsWord("limit") || token.IsWord("offset")) && _reader.Next.Is(":")))) return false;
        return token.Kind switch
        {
            TokenKind.Identifier or TokenKind.Local or TokenKind.Number or TokenKind.String or TokenKind.Interpolation => true,
            TokenKind.Operator => token.Text is "(" or "[" or "{" or "!" or "@" or "^",
            _ => false,
        };
    }

    /// <summary>What a <c>capture</c> writes to.</summary>
    public Expression ParseTarget() => _operands.Parse() is var target and IAssignable
        ? (Expression)target
        : throw _reader.Error("`capture` needs the name of a variable.");

    public IReadOnlyList<Expression> ParseWhenValues()
    {
        var values = new List<Expression>();
        do values.Add(ParseOperators(Precedence.Or, isArgument: false));
        while (_reader.TryTake(",") || _reader.TryTake("||"));
        return values;
    }

    public (Expression Variable, Expression Source, ForOptions Options) ParseForHeader()
    {
        var variable = _operands.Parse();
        if (variable is not (Variable or LocalVariable)) throw _reader.Error("`for` needs the name of a variable.");
        if (!_reader.TryTakeWord("in")) throw _reader.Error($"Expected `in` instead of {_reader.Current.Shown}.");
        _isForHeader = true;
        var source = Parse();
        _isForHeader = false;
        Expression? offset = null, limit = null;
        var isReversed = false;
        while (_reader.Current.Kind == TokenKind.Identifier)
        {
            var name = _reader.Take();
            if (name.Text == "reversed")
            {
                isReversed = true;
                continue;
            }

            if (name.Text is not ("offset" or "limit")) throw new TemplateException(name.At, $"A `for` has no parameter `{name.Text}`; it has offset, limit and reversed.");
            _reader.Expect(":");
            if (name.Text == "offset") offset = _operands.Parse();
            else limit = _operands.Parse();
        }

        return (variable, source, new ForOptions(offset, limit, isReversed));
    }

    /// <summary>The parameters of a <c>func</c>, in parentheses.</summary>
    public IReadOnlyList<Parameter> ParseParameters()
    {
        _reader.Expect("(");
        var parameters = new List<Parameter>();
        while (!_reader.Current.Is(")"))
        {
            var name = _reader.ExpectName("the name of a parameter");
            if (parameters.Any(known => known.Name == name.Text)) throw new TemplateException(name.At, $"The parameter `{name.Text}` is there twice.");
            var standard = _reader.TryTake("=") ? Parse() : null;
            if (standard is null && parameters.Any(known => known.Default is not null)) throw new TemplateException(name.At, "A parameter without default can't follow one with a default.");
            parameters.Add(new Parameter(name.Text, standard));
            if (!_reader.TryTake(",")) break;
        }

        _reader.Expect(")");
        return parameters;
    }
}

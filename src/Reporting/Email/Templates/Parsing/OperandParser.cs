using LifecycleMetrics.Reporting.Email.Templates.Lexing;
using LifecycleMetrics.Reporting.Email.Templates.Syntax;

namespace LifecycleMetrics.Reporting.Email.Templates.Parsing;

/// <summary>Parses literals, names, parentheses and what is attached to them: members, elements, signs.</summary>
internal sealed class OperandParser(TokenReader reader, DepthGuard depth, ExpressionParser expressions)
{
    public Expression Parse()
    {
        var outer = depth.Depth;
        depth.Enter(reader.Current.At);
        var operand = ParsePrimary();
        while (true)
        {
            if ((reader.Current.Is(".") || reader.Current.Is("?.")) && reader.Next.Kind == TokenKind.Identifier)
            {
                depth.Enter(reader.Current.At);
                operand = ParseMember(operand);
            }
            else if (reader.Current.Is("[") && !reader.Current.SpaceBefore && operand is not Literal)
            {
                depth.Enter(reader.Current.At);
                operand = ParseElement(operand);
            }
            else
            {
                depth.ReturnTo(outer);
                return operand;
            }
        }
    }

    private Expression ParsePrimary()
    {
        var token = reader.Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new Literal(reader.Take().Value, token.At);
            case TokenKind.String:
                return new Literal(reader.Take().Text, token.At);
            case TokenKind.Interpolation:
                reader.Take();
                return ParseInterpolation(token);
            case TokenKind.Local:
                reader.Take();
                return new LocalVariable(token.Text, token.At);
            case TokenKind.Identifier:
                return ParseName(token);
            case TokenKind.Operator:
                return ParseOperator(token);
            default:
                throw reader.Error($"Expected an expression instead of {token.Shown}.");
        }
    }

    private Expression ParseName(Token token)
    {
        if (Keywords.IsOutsideSubset(token.Text) && !reader.Next.Is(":"))
        {
            throw reader.Error($"`{token.Text}` isn't in the subset of the language.");
        }

        // `for.index` and `while.index` are names; alone the words are statements.
        var isLoopName = token.Text is "for" or "while" && reader.Next.Is(".");
        if (Keywords.IsReserved(token.Text) && !isLoopName && token.Text is not ("true" or "false" or "null"))
        {
            throw reader.Error($"Expected an expression instead of {token.Shown}.");
        }

        reader.Take();
        return token.Text switch
        {
            "true" => new Literal(true, token.At),
            "false" => new Literal(false, token.At),
            "null" => new Literal(null, token.At),
            _ => new Variable(token.Text, token.At),
        };
    }

    private Expression ParseOperator(Token token)
    {
        switch (token.Text)
        {
            case "(":
                reader.Take();
                var inner = expressions.Parse();
                reader.Expect(")");

                // A path in parentheses is a value: `(f) x` calls nothing.
                return inner.IsPath ? new Parenthesis(inner) : inner;
            case "[":
                return ParseList(token);
            case "{":
                return ParseObject(token);
            case "!" or "-" or "+":
                reader.Take();
                return new Unary(token.Text, expressions.ParseCall(Precedence.Unary), token.At);
            case "@":
                reader.Take();
                return new Alias(Parse(), token.At);
            case "^":
                reader.Take();
                return new Expand(Parse(), token.At);
            default:
                throw reader.Error($"Expected an expression instead of {token.Shown}.");
        }
    }

    private Expression ParseMember(Expression target)
    {
        var isOptional = reader.Take().Text == "?.";
        var name = reader.Take();
        return target is LocalVariable { Name: "" }
            ? new NamedArgumentAccess(name.Text, name.At)
            : new Member(target, name.Text, isOptional, name.At);
    }

    private Element ParseElement(Expression target)
    {
        var at = reader.Take().At;
        var index = expressions.Parse();
        reader.Expect("]");
        return new Element(target, index, at);
    }

    private ListLiteral ParseList(Token opening)
    {
        reader.Take();
        var items = new List<Expression>();
        reader.SkipNewLines();
        while (!reader.Current.Is("]"))
        {
            items.Add(expressions.Parse());
            reader.SkipNewLines();
            if (!reader.TryTake(",")) break;
            reader.SkipNewLines();
        }

        reader.Expect("]");
        return new ListLiteral(items, opening.At);
    }

    private ObjectLiteral ParseObject(Token opening)
    {
        reader.Take();
        var members = new List<KeyValuePair<string, Expression>>();
        reader.SkipNewLines();
        while (!reader.Current.Is("}"))
        {
            var name = reader.Current.Kind == TokenKind.String ? reader.Take() : reader.ExpectName("the name of a member");
            reader.Expect(":");
            reader.SkipNewLines();
            members.Add(new(name.Text, expressions.Parse()));
            reader.SkipNewLines();
            if (!reader.TryTake(",")) break;
            reader.SkipNewLines();
        }

        reader.Expect("}");
        return new ObjectLiteral(members, opening.At);
    }

    private Interpolation ParseInterpolation(Token token)
    {
        var parts = new List<Expression>();
        foreach (var part in (IReadOnlyList<InterpolationPart>)token.Value!)
        {
            if (part.Code is null)
            {
                parts.Add(new Literal(part.Text, token.At));
                continue;
            }

            var inner = new TokenReader(part.Code);
            parts.Add(new ExpressionParser(inner, depth).Parse());
            if (inner.Current.Kind != TokenKind.EndOfFile) throw inner.Error($"Unexpected {inner.Current.Shown} in an interpolated string.");
        }

        return new Interpolation(parts, token.At);
    }
}

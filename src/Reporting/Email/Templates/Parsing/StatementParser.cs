using LifecycleMetrics.Reporting.Email.Templates.Evaluation;
using LifecycleMetrics.Reporting.Email.Templates.Lexing;
using LifecycleMetrics.Reporting.Email.Templates.Syntax;

namespace LifecycleMetrics.Reporting.Email.Templates.Parsing;

/// <summary>Parses statements and the blocks they hold.</summary>
internal sealed class StatementParser(TokenReader reader, DepthGuard depth)
{
    private readonly ExpressionParser _expressions = new(reader, depth);
    private int _loops;

    public Block ParseTemplate()
    {
        var block = ParseBlock();
        return reader.Current.Kind == TokenKind.EndOfFile
            ? block
            : throw reader.Error($"{reader.Current.Shown} closes nothing.");
    }

    /// <summary>Statements up to the end of the template or a word that ends or divides a block.</summary>
    private Block ParseBlock()
    {
        var statements = new List<Statement>();
        while (true)
        {
            SkipSeparators();
            var token = reader.Current;
            if (token.Kind == TokenKind.EndOfFile) return new Block(statements);
            if (token.Kind == TokenKind.Text)
            {
                statements.Add(new TextStatement(reader.Take().Text, token.At));
                continue;
            }

            if (token.Kind == TokenKind.Identifier && Keywords.EndsBlock(token.Text)) return new Block(statements);
            var outer = depth.Depth;
            depth.Enter(token.At);
            statements.Add(ParseStatement(token));
            depth.ReturnTo(outer);
            RequireSeparator();
        }
    }

    private Statement ParseStatement(Token token)
    {
        // `for.index` is an expression about the loop, not a loop.
        if (token.Kind != TokenKind.Identifier || reader.Next.Is(".")) return ParseSimple();
        switch (token.Text)
        {
            case "if":
                reader.Take();
                return ParseIf(token);
            case "case":
                reader.Take();
                return ParseCase(token);
            case "for":
                reader.Take();
                return ParseFor(token);
            case "while":
                reader.Take();
                var condition = _expressions.Parse();
                return new WhileStatement(condition, ParseLoopBody(token), token.At);
            case "capture":
                reader.Take();
                var target = _expressions.ParseTarget();
                return new CaptureStatement(target, ParseBody(token), token.At);
            case "with":
                reader.Take();
                var owner = _expressions.Parse();
                return new WithStatement(owner, ParseBody(token), token.At);
            case "func":
                reader.Take();
                return ParseFunction(token);
            case "ret":
                reader.Take();
                return new ReturnStatement(IsSeparator(reader.Current) ? null : _expressions.Parse(), token.At);
            case "break" or "continue":
                reader.Take();
                if (_loops == 0) throw new TemplateException(token.At, $"`{token.Text}` stands outside any loop.");
                return new JumpStatement(token.Text == "break" ? Flow.Break : Flow.Continue, token.At);
            default:
                return ParseSimple();
        }
    }

    private Statement ParseSimple()
    {
        var expression = _expressions.Parse();
        var token = reader.Current;
        if (token.Kind != TokenKind.Operator || token.Text is not ("=" or "+=" or "-=" or "*=" or "/=" or "//=" or "%="))
        {
            return new OutputStatement(expression);
        }

        if (expression is not IAssignable) throw new TemplateException(token.At, $"Only a variable, a member or an element can stand before `{token.Text}`.");
        reader.Take();
        var op = token.Text == "=" ? null : token.Text[..^1];
        return new AssignStatement(expression, op, _expressions.Parse(), token.At);
    }

    private IfStatement ParseIf(Token opening)
    {
        var condition = _expressions.Parse();
        RequireSeparator();
        var then = ParseBlock();
        if (!reader.Current.IsWord("else"))
        {
            TakeEnd(opening);
            return new IfStatement(condition, then, null, opening.At);
        }

        var elseToken = reader.Take();
        if (!reader.Current.IsWord("if")) return new IfStatement(condition, then, ParseBody(opening), opening.At);

        // A chain of else-ifs nests in the tree, so it counts as depth.
        depth.Enter(elseToken.At);
        reader.Take();
        var nested = ParseIf(opening);
        return new IfStatement(condition, then, new Block([nested]), opening.At);
    }

    private CaseStatement ParseCase(Token opening)
    {
        var subject = _expressions.Parse();
        SkipBlank();
        var branches = new List<CaseBranch>();
        while (reader.TryTakeWord("when"))
        {
            var values = _expressions.ParseWhenValues();
            RequireSeparator();
            branches.Add(new CaseBranch(values, ParseBlock()));
        }

        if (branches.Count == 0) throw reader.Error($"Expected `when` instead of {reader.Current.Shown}.");
        var otherwise = reader.TryTakeWord("else") ? ParseBlock() : null;
        TakeEnd(opening);
        return new CaseStatement(subject, branches, otherwise, opening.At);
    }

    private ForStatement ParseFor(Token opening)
    {
        var (variable, source, options) = _expressions.ParseForHeader();
        RequireSeparator();
        _loops++;
        var body = ParseBlock();
        _loops--;
        var otherwise = reader.TryTakeWord("else") ? ParseBlock() : null;
        TakeEnd(opening);
        return new ForStatement(variable, source, options, body, otherwise, opening.At);
    }

    private FunctionStatement ParseFunction(Token opening)
    {
        var token = reader.Current;
        var isLocal = token.Kind == TokenKind.Local;
        var name = isLocal ? reader.Take().Text : reader.ExpectName("the name of a function").Text;
        var parameters = reader.Current.Is("(") ? _expressions.ParseParameters() : null;
        var outerLoops = _loops;
        _loops = 0;
        var body = ParseBody(opening);
        _loops = outerLoops;
        ITemplateFunction function = parameters is null
            ? new SimpleFunction(name, body)
            : new ParametricFunction(name, parameters, body);
        return new FunctionStatement(name, isLocal, function, opening.At);
    }

    private Block ParseLoopBody(Token opening)
    {
        _loops++;
        var body = ParseBody(opening);
        _loops--;
        return body;
    }

    private Block ParseBody(Token opening)
    {
        RequireSeparator();
        var body = ParseBlock();
        TakeEnd(opening);
        return body;
    }

    private void TakeEnd(Token opening)
    {
        if (reader.TryTakeWord("end")) return;
        throw reader.Error($"Expected the `end` of `{opening.Text}` in line {opening.At.Line} instead of {reader.Current.Shown}.");
    }

    private void SkipBlank()
    {
        while (IsSeparator(reader.Current) && reader.Current.Kind != TokenKind.EndOfFile
            || reader.Current is { Kind: TokenKind.Text } text && string.IsNullOrWhiteSpace(text.Text))
        {
            reader.Take();
        }
    }

    private void SkipSeparators()
    {
        while (IsSeparator(reader.Current) && reader.Current.Kind != TokenKind.EndOfFile) reader.Take();
    }

    private void RequireSeparator()
    {
        if (!IsSeparator(reader.Current)) throw reader.Error($"Unexpected {reader.Current.Shown}; a statement ends with its line, `;` or `}}}}`.");
    }

    private static bool IsSeparator(Token token) =>
        token.Kind is TokenKind.NewLine or TokenKind.CodeEnd or TokenKind.EndOfFile || token.Is(";");
}

package cloud.bevy.services.tables;

import cloud.bevy.services.tables.PartiqlLexer.Kind;
import cloud.bevy.services.tables.PartiqlLexer.Token;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads what stands behind `WHERE`, by recursive descent.
record PartiqlConditions(PartiqlReader reader) {
  Condition read() {
    reader.enter();
    Condition left = conjunction();
    while (reader.take("OR")) {
      left = new Condition.Or(left, conjunction());
    }
    reader.leave();
    return left;
  }

  private Condition conjunction() {
    Condition left = negation();
    while (reader.take("AND")) {
      left = new Condition.And(left, negation());
    }
    return left;
  }

  private Condition negation() {
    if (!reader.take("NOT")) {
      return comparison();
    }
    reader.enter();
    Condition inner = negation();
    reader.leave();
    return new Condition.Not(inner);
  }

  private Condition comparison() {
    if (reader.take("(")) {
      Condition inner = read();
      reader.expect(")");
      return inner;
    }
    Condition function = function();
    if (function != null) {
      return function;
    }
    return comparison(operand());
  }

  private Condition comparison(Operand left) {
    boolean denied = reader.peek().keyword("NOT");
    if (denied && (reader.second().keyword("IN") || reader.second().keyword("BETWEEN"))) {
      reader.next();
      return new Condition.Not(comparison(left));
    }
    if (reader.take("BETWEEN")) {
      Operand lower = operand();
      reader.expect("AND");
      return new Condition.Between(left, lower, operand());
    }
    if (reader.take("IN")) {
      return new Condition.In(left, candidates());
    }
    if (reader.take("IS")) {
      return is(left);
    }
    Comparison comparison = comparison(reader.peek());
    reader.next();
    return new Condition.Compare(comparison, left, operand());
  }

  private Comparison comparison(Token token) {
    for (Comparison comparison : Comparison.values()) {
      if (token.symbol(comparison.symbol())) {
        return comparison;
      }
    }
    if (token.symbol("!=")) {
      return Comparison.NOT_EQUAL;
    }
    throw reader.unexpected();
  }

  private List<Operand> candidates() {
    boolean brackets = reader.take("[");
    if (!brackets) {
      reader.expect("(");
    }
    List<Operand> candidates =
        reader.values(brackets ? "]" : ")").stream().<Operand>map(Operand.Literal::new).toList();
    if (candidates.isEmpty() || candidates.size() > ConditionParser.MAXIMUM_CANDIDATES) {
      throw PartiqlLexer.wrong("IN takes 1 to " + ConditionParser.MAXIMUM_CANDIDATES + " values");
    }
    return candidates;
  }

  private Condition is(Operand operand) {
    boolean not = reader.take("NOT");
    if (!(operand instanceof Operand.Path(DocumentPath path))) {
      throw reader.unexpected();
    }
    Condition condition;
    if (reader.take("MISSING")) {
      condition = new Condition.AttributeNotExists(path);
    } else {
      reader.expect("NULL");
      condition = new Condition.AttributeType(operand, "NULL");
    }
    return not ? new Condition.Not(condition) : condition;
  }

  private @Nullable Condition function() {
    if (reader.peek().kind() != Kind.WORD || !reader.second().symbol("(")) {
      return null;
    }
    String name = reader.peek().text().toLowerCase(Locale.ROOT);
    if (name.equals("size")) {
      return null;
    }
    reader.next();
    reader.next();
    Operand first = operand();
    if (name.equals("attribute_exists") || name.equals("attribute_not_exists")) {
      reader.expect(")");
      return existence(name, first);
    }
    reader.expect(",");
    Operand second = operand();
    reader.expect(")");
    return switch (name) {
      case "begins_with" -> new Condition.BeginsWith(first, second);
      case "contains" -> new Condition.Contains(first, second);
      case "attribute_type" -> type(first, second);
      default -> throw PartiqlLexer.wrong("Invalid function name; function: " + name);
    };
  }

  private Condition existence(String name, Operand operand) {
    if (!(operand instanceof Operand.Path(DocumentPath path))) {
      throw reader.unexpected();
    }
    return name.equals("attribute_exists")
        ? new Condition.AttributeExists(path)
        : new Condition.AttributeNotExists(path);
  }

  private Condition type(Operand value, Operand type) {
    if (type instanceof Operand.Literal(AttributeValue.S(String name))) {
      if (!ConditionChecks.TYPES.contains(name)) {
        throw new InvalidRequest(
            "Invalid attribute type name found; type: "
                + name
                + ", valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}");
      }
      return new Condition.AttributeType(value, name);
    }
    if (type instanceof Operand.Literal(AttributeValue other)) {
      throw new InvalidRequest(
          "Incorrect operand type for operator or function; operator or function: attribute_type,"
              + " operand type: "
              + other.type());
    }
    throw reader.unexpected();
  }

  private Operand operand() {
    if (reader.peek().keyword("size") && reader.second().symbol("(")) {
      reader.next();
      reader.next();
      Operand of = new Operand.Path(reader.path());
      reader.expect(")");
      return new Operand.Size(of);
    }
    return reader.atValue() ? new Operand.Literal(reader.value()) : new Operand.Path(reader.path());
  }
}

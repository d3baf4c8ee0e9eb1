package cloud.bevy.services.tables;

/// A piece of a condition expression. Until what follows it is read, a piece in parentheses may be
/// either.
sealed interface ConditionTerm permits Condition, Operand {}

package cloud.bevy.doors.aws;

import java.util.List;

/// What a part of a DynamoDB request looks like, as in the service's own model: requests are read
/// and checked by shape, before the operation sees them.
sealed interface Shape {
  /// What has no parts.
  enum Scalar implements Shape {
    /// A string.
    TEXT,
    /// True or false.
    FLAG,
    /// A whole number.
    WHOLE,
    /// Attributes by name, as [WireAttributes].
    ATTRIBUTES,
    /// The value of one attribute, as [WireAttributes.WireValue].
    VALUE,
    /// Of whatever shape: only whether it is there is of interest.
    ANYTHING,
    /// A JSON object of whatever shape, as a tree.
    TREE
  }

  /// Named members. A member that is not listed is passed over.
  ///
  /// @param type its name in the service's model
  record Structure(String type, List<Member> members) implements Shape {
    Structure(String type, Member... members) {
      this(type, List.of(members));
    }
  }

  /// Any number of elements of one shape.
  record ListOf(Shape element) implements Shape {}

  /// Values of one shape by name.
  ///
  /// @param type the Java type of the values in the service's model
  record MapOf(String type, Shape value) implements Shape {}

  /// A member of a structure and what must hold for its value.
  record Member(String name, Shape shape, List<Constraint> constraints) {
    /// The name in error messages: it begins with a small letter.
    String path() {
      return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
  }

  /// A member of any shape.
  static Member member(String name, Shape shape, Constraint... constraints) {
    return new Member(name, shape, List.of(constraints));
  }

  /// A member that is a string.
  static Member text(String name, Constraint... constraints) {
    return member(name, Scalar.TEXT, constraints);
  }

  /// A member that is one of some words.
  static Member word(String name, String... words) {
    return text(name, new Constraint.OneOf(List.of(words)));
  }

  /// A member that is true or false.
  static Member flag(String name) {
    return member(name, Scalar.FLAG);
  }

  /// A member that is a whole number.
  static Member whole(String name, Constraint... constraints) {
    return member(name, Scalar.WHOLE, constraints);
  }

  /// A member that is attributes by name.
  static Member attributes(String name, Constraint... constraints) {
    return member(name, Scalar.ATTRIBUTES, constraints);
  }

  /// A member that is a JSON object of whatever shape.
  static Member tree(String name, Constraint... constraints) {
    return member(name, Scalar.TREE, constraints);
  }

  /// A member of which only the presence is of interest.
  static Member anything(String name) {
    return member(name, Scalar.ANYTHING);
  }

  /// A member that is strings by name.
  static Member texts(String name) {
    return member(name, new MapOf("java.lang.String", Scalar.TEXT));
  }
}

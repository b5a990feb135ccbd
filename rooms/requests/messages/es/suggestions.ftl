suggested-tag = Sugerencia del programa; usted decide
suggested-category-heading = Quizá corresponda a «{ $name }»
suggested-category-accept = Pasarlo a «{ $name }»
suggested-agency-heading = Quizá le corresponda a { $name }
suggested-agency-accept = Traspasarlo a { $name }
suggested-very-likely = Muy probablemente acertada
suggested-likely = Probablemente acertada
suggested-like = { $right ->
    [one] El personal estuvo de acuerdo con una de { $of } sugerencias anteriores como esta.
   *[other] El personal estuvo de acuerdo con { $right } de { $of } sugerencias anteriores como esta.
}
suggested-words = Dice: { $words }
suggested-because-district = El distrito lo apoya
suggested-because-filed = Otros avisos presentados así se pasaron allí a menudo
suggested-because-category = Otros avisos de esta categoría se traspasaron allí a menudo
suggested-reject = No, está bien como está
suggested-rejected = Sugerencias que usted rechazó
suggested-again-label = Volver a sugerir { $name }
flash-suggestion-rejected = Se queda como está, y el programa aprende de ello.
refusal-suggestion-unknown = No se sugiere nada así.
suggested-described = Solo por sus palabras
suggested-described-text = El aviso usa las palabras con que se describe esta categoría. Aún no se ha decidido lo suficiente para decir cuántas veces acierta.

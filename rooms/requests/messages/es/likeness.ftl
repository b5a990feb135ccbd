request-state-duplicate = Sigue con un aviso anterior
saying-request-merged = { $subject } es el mismo asunto que { $into }, que sigue adelante ({ $category }).
saying-request-separated = { $subject } no era el mismo asunto que { $out_of }; vuelve a estar abierto ({ $category }).
step-merged = Unido a un aviso anterior
step-separated = Separado de nuevo
alike-title = ¿Es uno de estos?
alike-lead = Quizá alguien ya avisó de lo mismo. Entonces diga «a mí también»: cuenta, y verá en qué queda.
alike-legend = Avisos cercanos que se parecen al suyo
alike-yes = Sí, es este:
alike-no = No, el mío es otro
alike-no-text = Continúa con su aviso.
alike-email = Correo electrónico, para recibir noticias (opcional)
alike-email-hint = Nunca es público. Antes le pediremos que lo confirme.
alike-reported = Avisado el { $date }.
alike-look = Ver { $code }
alike-photo-of = Foto de { $code }
alike-ended = Terminados hace poco
alike-ended-text = Si el problema ha vuelto, continúe con su aviso.
alike-very-likely = Muy probablemente el mismo
alike-likely = Probablemente el mismo
alike-possible = Puede ser el mismo
alike-here = En el mismo punto
alike-distance = { $metres ->
    [one] A 1 metro
   *[other] A { $metres } metros
}
alike-address = La misma dirección
alike-category = La misma categoría
alike-category-other = Otra categoría
alike-days = { $count ->
    [0] Menos de un día entre ambos
    [one] Un día entre ambos
   *[other] { $count } días entre ambos
}
alike-words = Los dos dicen: { $words }
alike-comma = {", "}
alike-photo = Las fotos se parecen
me-too-title = ¿Le afecta también?
me-too-heading = También afectados
me-too-say = A mí también me afecta
me-too-text = Dígalo y la oficina verá que importa a más personas. Cuenta una sola vez y nadie ve quién es.
me-too-button = A mí también
me-too-counted = Ya está contado.
me-too-leave = Retirarlo
me-too-count = { $count ->
    [0] Nadie más lo ha dicho todavía.
    [one] Afecta a una persona más.
   *[other] Afecta a { $count } personas más.
}
show-same-as = Es el mismo asunto que
show-same-as-text = Sigue allí. Quien sigue este aviso recibe noticias de aquel.
show-merged = Unidos a este aviso
desk-alike = ¿El mismo asunto?
desk-alike-root = Sigue como
desk-alike-suggestions = Sugerencias
desk-alike-text = El programa las sugiere; usted decide. Siempre sigue el aviso anterior, para que no se oculte ninguna espera.
desk-alike-none = No hay nada cercano que se parezca.
desk-alike-merge = Mismo asunto: unir { $later } a { $earlier }
desk-alike-not = No es el mismo
desk-alike-not-label = No es el mismo: no volver a sugerir { $code }
desk-alike-denied = Quien avisó dijo que es otro asunto.
desk-alike-elsewhere = Responde { $organisation }. Pásele primero este aviso; allí se podrá unir.
desk-alike-into = Unir a
desk-alike-into-hint = La referencia de un aviso anterior y abierto, como R-7K2M.
desk-alike-into-button = Mismo asunto: unir
desk-alike-set-aside = Se dijo que no son el mismo
desk-alike-again = Volver a sugerir
desk-alike-again-label = Volver a sugerir { $code }
desk-separate-heading = ¿No era el mismo?
desk-separate-label = Por qué
desk-separate-hint = Público. Vuelve a estar abierto, con la promesa que tenía.
desk-separate-button = Separarlo
flash-me-too = Gracias. Queda contado.
flash-me-too-left = Ya no se le cuenta.
flash-merged = Unido: quienes lo siguen y las personas afectadas van con él.
flash-separated = Separado. Vuelve a estar abierto.
flash-set-aside = No se volverá a sugerir.
flash-suggested-again = Se puede volver a sugerir.
open311-duplicate = El mismo asunto que { $code }, que sigue adelante: { $url }
refusal-alike-choose = Elija el aviso que también es el suyo, o diga que el suyo es otro.
refusal-me-too-ended = Este asunto ha terminado. Si el problema ha vuelto, avise de nuevo, por favor.
refusal-me-too-own = Es su propio aviso, así que ya está contado.
refusal-me-too-nobody = Su navegador no guarda cookies y podríamos contarle dos veces. Deje un correo electrónico o inicie sesión.
refusal-merge-unknown = No hay ningún aviso con esta referencia. Es como R-7K2M.
refusal-merge-itself = { $code } no se puede unir a sí mismo.
refusal-merge-already = Ya se unió a { $code }.
refusal-merge-ended = { $code } ha terminado. Ábralo antes de nuevo, o responda a este por separado.
refusal-merge-later = { $code } se avisó más tarde y sigue el aviso anterior: una { $code } a este.
refusal-merge-not-yours = De { $code } responde { $organisation }. Pásele primero este aviso; allí lo podrán unir.
refusal-not-merged = No está unido a otro.
refusal-reopen-merged = Sigue con un aviso anterior. Sepárelos primero.
refusal-withdraw-others = { $count ->
    [one] Afecta a una persona más, así que el asunto sigue abierto. Si para usted está resuelto, dígalo en un comentario.
   *[other] Afecta a { $count } personas más, así que el asunto sigue abierto. Si para usted está resuelto, dígalo en un comentario.
}

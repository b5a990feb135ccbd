sv-grant = Importe concedido
sv-grant-proposed = Las reglas dicen { $amount }.
sv-grant-why = Por qué otro importe
sv-grant-why-hint = Solo si difiere de lo que dicen las reglas. Lo lee quien solicita.
sv-granted-amount = Concedido: { $amount }.
sv-granted-why = Por qué es otro importe que el de las reglas: { $why }
sv-against-label = { $finding }. Decido otra cosa, y mis motivos dicen por qué.
sv-entitled-law = Según: { $law }
sv-letter-finding = Lo que dicen las reglas de sus respuestas: { $finding }
sv-letter-law = La ley: { $law }
sv-letter-again = Si ya no tiene su enlace privado, pida que le enviemos uno nuevo a esta dirección: { $link }
sv-letter-appealed-subject = { $service }: hemos recibido su recurso en { $code }
sv-letter-appealed-body =
    { $town } ha recibido su recurso en { $code } («{ $service }»). Lo examina una persona que no ha decidido antes, y responde hasta el { $due }.

    Usted escribió:

    { $text }
sv-letter-link-subject = { $service }: un enlace privado nuevo a { $code }
sv-letter-link-body =
    Se ha pedido un enlace privado nuevo a su solicitud { $code } («{ $service }»). Con él ve cómo está, responde y recurre. No lo comparta:
    { $link }

    El enlace de su justificante sigue valiendo. Si no lo ha pedido usted, no tiene que hacer nada: solo le ha llegado a usted.
sv-link-title = Un enlace privado nuevo
sv-link-lead = Escriba la referencia de su solicitud. Un enlace nuevo va a la dirección de correo que se presentó con ella, y a ninguna otra.
sv-link-code-hint = Como A-7K2M4P; está en su justificante y en cada carta.
sv-link-send = Enviar un enlace nuevo
sv-link-sent = Si hay una solicitud con esta referencia y una dirección de correo, un enlace nuevo va de camino a esa dirección.
sv-link-else = ¿No llega nada? Se envía un enlace por hora. Quien no dio una dirección, acuda a la ventanilla con un documento que le identifique.
sv-link-lost = He perdido mi enlace
refusal-outcome-none = Elija si se concede o se deniega.
refusal-against-finding = Las reglas de esta versión dicen otra cosa. Lea de nuevo lo que dicen y marque abajo que decide otra cosa.
refusal-grant-none = Diga cuánto se concede: las reglas no nombran aquí ningún importe.
refusal-grant-amount = Escriba un importe, como 250 o 250,50.
refusal-grant-why = Las reglas dicen otro importe. Diga por qué, con al menos { $least } caracteres.
refusal-link-code = Escriba la referencia de su solicitud.
sv-proof-file = La prueba en un archivo
sv-proof-file-text = Guárdela: prueba qué se decidió y con qué respuestas, también sin el municipio. Se comprueba con polity verify --receipt.
